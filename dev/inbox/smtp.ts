import { randomUUID } from 'node:crypto';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { NO_FAULTS, type Faults } from './faults';
import type { InboxMessage, MessageBox } from './messages';

export interface FaultHolder {
  faults: Faults;
}

/** An answer an SMTP client understands: 4xx means later, 5xx means never. */
class Refusal extends Error {
  constructor(
    readonly responseCode: number,
    message: string,
  ) {
    super(message);
  }
}

function refusalFor(holder: FaultHolder): Refusal | null {
  const { mode } = holder.faults;
  if (mode === 'temporary') return new Refusal(451, '4.3.0 Try again later');
  if (mode === 'permanent') return new Refusal(554, '5.7.1 Message refused');
  return null;
}

function countDown(holder: FaultHolder): void {
  const { count, mode } = holder.faults;
  if (mode === 'accept' || count === undefined) return;
  holder.faults = count <= 1 ? NO_FAULTS : { ...holder.faults, count: count - 1 };
}

function toMessage(parsed: ParsedMail, session: SMTPServerSession, size: number): InboxMessage {
  const { mailFrom, rcptTo } = session.envelope;
  return {
    id: randomUUID(),
    receivedAt: new Date().toISOString(),
    from: mailFrom === false ? '' : mailFrom.address,
    to: rcptTo.map(({ address }) => address),
    subject: parsed.subject ?? '',
    html: parsed.html === false ? null : parsed.html,
    text: parsed.text ?? null,
    headers: parsed.headerLines.map(({ key, line }) => ({ name: key, value: unfold(line) })),
    size,
  };
}

function unfold(line: string): string {
  return line
    .slice(line.indexOf(':') + 1)
    .replace(/\r?\n\s+/g, ' ')
    .trim();
}

async function readAll(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) {
    const piece: unknown = chunk;
    if (Buffer.isBuffer(piece)) chunks.push(piece);
  }
  return Buffer.concat(chunks);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function receive(
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
  box: MessageBox,
  holder: FaultHolder,
): Promise<Refusal | null> {
  const raw = await readAll(stream);
  if (holder.faults.mode === 'slow') await pause(holder.faults.delayMs);
  const refusal = refusalFor(holder);
  countDown(holder);
  if (refusal === null) box.add(toMessage(await simpleParser(raw), session, raw.length));
  return refusal;
}

/** A mail server that takes everything, unless it is told otherwise. */
export function createSmtpServer(box: MessageBox, holder: FaultHolder): SMTPServer {
  return new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    hideSTARTTLS: true,
    logger: false,
    onAuth: (auth, _session, callback) => callback(null, { user: auth.username ?? 'anyone' }),
    onRcptTo: (address, _session, callback) => {
      const { mode, addresses } = holder.faults;
      const isRefused =
        mode === 'bounce-address' &&
        addresses.some((refused) => refused.toLowerCase() === address.address.toLowerCase());
      callback(isRefused ? new Refusal(550, '5.1.1 No such user') : null);
    },
    onData: (stream, session, callback) => {
      receive(stream, session, box, holder).then(
        (refusal) => callback(refusal),
        (error: unknown) => callback(error instanceof Error ? error : new Error(String(error))),
      );
    },
  });
}
