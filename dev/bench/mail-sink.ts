import { SMTPServer } from 'smtp-server';

// A mail server that accepts everything and keeps nothing but the count; asked over the process channel.
let accepted = 0;
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  logger: false,
  maxClients: 200,
  onData: (stream, _session, done) => {
    stream.on('end', () => {
      accepted += 1;
      done();
    });
    stream.resume();
  },
});
server.listen(0, '127.0.0.1', () => process.send?.(server.server.address()));
process.on('message', () => process.send?.({ accepted }));
