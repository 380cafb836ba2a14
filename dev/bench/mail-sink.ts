import { createServer, type Socket } from 'node:net';

// A mail server that accepts everything and keeps nothing but the count, with as little work as possible: what is measured is
// the sender. Asked for the count over the process channel.
let accepted = 0;
const endOfMail = Buffer.from('\r\n.\r\n');

function serve(socket: Socket): void {
  let receiving = false;
  let rest = Buffer.alloc(0);
  socket.on('error', () => socket.destroy());
  socket.on('data', (piece: Buffer) => {
    rest = Buffer.concat([rest, piece]);
    let answers = ''; // of what came together, sent together, as RFC 2920 asks
    for (;;) {
      const end = rest.indexOf(receiving ? endOfMail : '\r\n');
      if (end < 0) break;
      const line = receiving ? '.' : rest.toString('latin1', 0, end);
      rest = rest.subarray(end + (receiving ? endOfMail.length : 2));
      if (receiving) accepted += 1;
      receiving = line.toUpperCase() === 'DATA';
      answers += answerTo(line);
    }
    if (answers) socket.write(answers);
    // Of a mail only its end matters, which may come in two pieces.
    if (receiving && rest.length > endOfMail.length) rest = Buffer.from(rest.subarray(-endOfMail.length));
  });
  socket.write('220 sink\r\n');
}

function answerTo(line: string): string {
  const command = line.slice(0, 4).toUpperCase();
  if (command === 'EHLO') return '250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n'; // as the usual servers do
  if (command === 'DATA') return '354 go ahead\r\n';
  return command === 'QUIT' ? '221 bye\r\n' : '250 ok\r\n';
}

const server = createServer({ noDelay: true }, serve);
server.listen(0, '127.0.0.1', () => process.send?.(server.address()));
process.on('message', () => process.send?.({ accepted }));
