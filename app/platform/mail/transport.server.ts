import { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import { z } from 'zod';
import { env } from '../env.server';
import { errorText } from '../errors';
import { remember } from '../remember.server';
import { isHeaderSafe, isSendableAddress } from './address';
import { classifyFailure, type MailOutcome, type SmtpFailure } from './outcome';

type Mailer = ReturnType<typeof createMailer>;

declare global {
  interface PerennialSingletons {
    mailer: Mailer;
  }
}

export interface OutgoingMail {
  messageId: string; // without angle brackets
  from: { name: string; address: string };
  to: string;
  replyTo: string | null;
  subject: string;
  html: string;
  text: string;
  headers: Record<string, string>;
}

/** How many connections one process keeps open to the mail server. */
const mailConnections = 10;

/** The body of each mail in hand, by message id: whether it was read tells whether the server may have it. */
const bodies = new Map<string, Readable>();

function mailer(): Mailer {
  return remember('mailer', createMailer);
}

function createMailer() {
  const created = createTransport({
    url: env().SMTP_URL,
    pool: true,
    maxConnections: mailConnections,
    maxMessages: Number.POSITIVE_INFINITY,
    maxRequeues: 2, // only of mails of which not a byte was sent
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 60_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  created.use('stream', ({ message }, done) => {
    const createReadStream = message.createReadStream.bind(message);
    message.createReadStream = (options) => {
      const body = inOnePiece(createReadStream(options));
      bodies.set(message.messageId(), body);
      return body;
    };
    done();
  });
  return created;
}

/**
 * nodemailer writes a mail in some twenty small pieces, each a call to the system; most mails fit into one. Reads nothing
 * before it is read itself, so that `readableDidRead` keeps its meaning.
 */
function inOnePiece(source: Readable): Readable {
  const pieces: Buffer[] = [];
  let reading = false;
  const whole = new Readable({
    read() {
      if (reading) return;
      reading = true;
      source.on('data', (piece: Buffer) => pieces.push(piece));
      source.once('end', () => {
        whole.push(Buffer.concat(pieces));
        whole.push(null);
      });
    },
    destroy(error, done) {
      source.destroy();
      done(error);
    },
  });
  source.once('error', (error) => whole.destroy(error));
  return whole;
}

/**
 * Hands one mail to the mail server. Never throws: the outcome says what is known. Refuses addresses that are not plain
 * and headers with line breaks before any library sees them.
 */
export async function sendMail(mail: OutgoingMail): Promise<MailOutcome> {
  const refusal = refusalOf(mail);
  if (refusal) return { kind: 'rejected', response: refusal, unknownUser: false };
  const id = `<${mail.messageId}>`;
  try {
    const info = await mailer().sendMail({
      messageId: id,
      from: mail.from,
      to: { name: '', address: mail.to },
      replyTo: mail.replyTo ? { name: '', address: mail.replyTo } : undefined,
      // Bounces come back to the address we may send from, whatever the merchant writes as the sender.
      envelope: { from: env().EMAIL_FROM, to: mail.to },
      subject: mail.subject,
      encoding: 'quoted-printable', // told, so that nodemailer need not look at every character to choose
      html: mail.html,
      text: mail.text,
      headers: Object.entries(mail.headers).map(([key, value]) => ({
        key,
        value: { prepared: true, value },
      })),
    });
    return { kind: 'accepted', response: info.response.slice(0, 500) };
  } catch (error) {
    return classifyFailure(describeFailure(error, bodies.get(id)?.readableDidRead ?? false));
  } finally {
    bodies.delete(id);
  }
}

function refusalOf(mail: OutgoingMail): string | null {
  const addresses = [mail.to, mail.from.address, ...(mail.replyTo ? [mail.replyTo] : [])];
  if (!addresses.every(isSendableAddress)) return 'an address of this mail is not a plain e-mail address';
  const headers = [mail.subject, mail.from.name, mail.messageId, ...Object.entries(mail.headers).flat()];
  if (!headers.every(isHeaderSafe)) return 'a header of this mail has a line break or control character';
  return null;
}

const failureSchema = z.object({
  message: z.string(),
  code: z.string().optional().catch(undefined),
  command: z.string().optional().catch(undefined),
  response: z.string().optional().catch(undefined),
  responseCode: z.number().optional().catch(undefined),
});

function describeFailure(error: unknown, textFlowed: boolean): SmtpFailure {
  const parsed = failureSchema.safeParse(error);
  return parsed.success ? { ...parsed.data, textFlowed } : { message: errorText(error), textFlowed };
}
