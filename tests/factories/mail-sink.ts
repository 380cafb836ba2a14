import { type AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach } from 'vitest';

export interface SunkMail {
  to: string;
  from: string;
  raw: string;
  mail: ParsedMail;
}

/** What the server does with a recipient or a message: nothing (accepts), refuses with a reply, or hangs up. */
export type Behaviour = (
  to: string,
) =>
  | { refuse?: { at: 'rcpt' | 'data'; code: number; text: string }; hangUp?: 'before-data' | 'after-data' }
  | undefined;

export interface MailSink {
  mails: SunkMail[];
  /** Message-IDs in the order of arrival, including those of mails whose answer was never given. */
  arrived: string[];
  behave: (behaviour: Behaviour) => void;
  connections: () => number;
  port: () => number;
  waitBeforeAnswer: (milliseconds: number) => void;
}

/** A real SMTP server that keeps what it gets; SMTP_URL points there. Call once at the top of a test file. */
export function useMailSink(): MailSink {
  const mails: SunkMail[] = [];
  const arrived: string[] = [];
  let behaviour: Behaviour = () => undefined;
  let wait = 0;
  let connections = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onConnect: (_session, done) => {
      connections += 1;
      done();
    },
    onRcptTo: ({ address }, session, done) => {
      const plan = behaviour(address);
      if (plan?.hangUp === 'before-data') {
        hangUp(session.id);
        return;
      }
      if (plan?.refuse?.at === 'rcpt') {
        done(smtpError(plan.refuse));
        return;
      }
      done();
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8');
        const to = session.envelope.rcptTo[0]?.address ?? '';
        const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : '';
        arrived.push(/^message-id: (.*)$/im.exec(raw)?.[1] ?? '');
        const plan = behaviour(to);
        if (plan?.hangUp === 'after-data') {
          hangUp(session.id);
          return;
        }
        if (plan?.refuse) {
          done(smtpError(plan.refuse));
          return;
        }
        void simpleParser(raw).then(async (mail) => {
          mails.push({ to, from, raw, mail });
          if (wait) await new Promise((resolve) => setTimeout(resolve, wait));
          done();
        });
      });
    },
  });
  server.on('error', () => undefined); // clients that are killed reset their connections

  function hangUp(sessionId: string): void {
    for (const connection of server.connections as Set<{
      session: { id: string };
      _socket: { destroy: () => void };
    }>) {
      if (connection.session.id === sessionId) connection._socket.destroy();
    }
  }

  beforeAll(async () => {
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    process.env.SMTP_URL = `smtp://127.0.0.1:${port()}`;
    if (globalThis.perennialSingletons) delete globalThis.perennialSingletons.env;
  });

  beforeEach(() => {
    mails.length = 0;
    arrived.length = 0;
    behaviour = () => undefined;
    wait = 0;
  });

  afterAll(async () => {
    globalThis.perennialSingletons?.mailer?.close();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
  });

  const port = () => (server.server.address() as AddressInfo).port;
  return {
    mails,
    arrived,
    port,
    connections: () => connections,
    behave: (next) => (behaviour = next),
    waitBeforeAnswer: (milliseconds) => (wait = milliseconds),
  };
}

function smtpError(reply: { code: number; text: string }): Error {
  return Object.assign(new Error(reply.text), { responseCode: reply.code });
}
