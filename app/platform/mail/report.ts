import { unknownUserCodes } from './outcome';

/** What came back about a mail: its recipient called it spam, or it could not be delivered (hard: never will be). */
export interface MailReport {
  kind: 'complaint' | 'hard_bounce' | 'soft_bounce';
  /** What may name the mail, best first: relays replace Message-ID, but leave the link to unsubscribe. */
  tokens: string[];
}

interface Part {
  type: string;
  headers: Map<string, string>;
  body: string;
}

/**
 * Reads a feedback report (ARF, RFC 5965) or a delivery status notification (RFC 3464) as it came by mail. Null for
 * everything else: answers of people, "out of office", reports that take a complaint back. Pure.
 *
 * Ours and not a mail parser's: those join the parts to one readable text, and the parts are what is asked for here. The
 * standards forbid to encode them, so there is nothing to decode.
 */
export function parseMailReport(raw: string): MailReport | null {
  const mail = toPart(raw.replace(/\r\n?/g, '\n'));
  const type = mail.headers.get('content-type') ?? '';
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (mail.type !== 'multipart/report' || !boundary) return null;
  const parts = splitParts(mail.body, boundary);
  const kind = kindOf(parts);
  if (!kind) return null;
  const returned = parts.find(
    ({ type: part }) => part === 'message/rfc822' || part === 'text/rfc822-headers',
  );
  return { kind, tokens: returned ? listTokens(returned.body) : [] };
}

/** The token in a Message-ID of ours (`<token@domain>`, with or without brackets); null when it can't be one. */
export function tokenOfMessageId(messageId: string): string | null {
  return /^<?([\w-]{16,64})@[^@>\s]+>?$/.exec(messageId.trim())?.[1] ?? null;
}

function kindOf(parts: Part[]): MailReport['kind'] | null {
  for (const part of parts) {
    if (part.type === 'message/feedback-report') return complaintOf(fields(part.body));
    if (part.type === 'message/delivery-status') return bounceOf(part.body);
  }
  return null;
}

/** RFC 5965 and 6430: everything but "this is not spam" and statements about signatures is somebody who complains. */
function complaintOf(report: Map<string, string>): 'complaint' | null {
  const told = report.get('feedback-type')?.toLowerCase() ?? '';
  return ['abuse', 'fraud', 'other', 'virus', 'opt-out'].includes(told) ? 'complaint' : null;
}

/** The block about the recipient. Our mails have one each; a notification about a delay is none about a failure. */
function bounceOf(body: string): MailReport['kind'] | null {
  const recipient = body
    .split(/\n{2,}/)
    .map(fields)
    .find((block) => block.has('final-recipient') || block.has('original-recipient'));
  if (recipient?.get('action')?.toLowerCase() !== 'failed') return null;
  const status = /^\d\.\d{1,3}\.\d{1,3}/.exec(recipient.get('status') ?? '')?.[0] ?? '';
  return unknownUserCodes.has(status) ? 'hard_bounce' : 'soft_bounce';
}

function listTokens(returned: string): string[] {
  const { headers } = toPart(returned);
  const byLink = /\/unsubscribe\/([\w-]{16,64})/.exec(headers.get('list-unsubscribe') ?? '')?.[1];
  const found = [tokenOfMessageId(headers.get('message-id') ?? ''), byLink];
  return [...new Set(found.filter((token) => typeof token === 'string'))];
}

function splitParts(body: string, boundary: string): Part[] {
  const [, ...rest] = `\n${body}`.split(`\n--${boundary}`);
  return rest.filter((part) => !part.startsWith('--')).map((part) => toPart(part.replace(/^[ \t]*\n/, '')));
}

function toPart(text: string): Part {
  const lead = text.replace(/^\n+/, '');
  const end = lead.indexOf('\n\n');
  const headers = fields(end < 0 ? lead : lead.slice(0, end));
  const type = (headers.get('content-type') ?? 'text/plain').split(';', 1)[0] ?? '';
  return { type: type.trim().toLowerCase(), headers, body: end < 0 ? '' : lead.slice(end + 2) };
}

/** A block of `Name: value` lines, folded ones joined; of a name that occurs twice, the first. */
function fields(block: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of block.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const [, name, value] = /^([\w-]+)[ \t]*:(.*)$/.exec(line) ?? [];
    if (name && !found.has(name.toLowerCase())) found.set(name.toLowerCase(), value?.trim() ?? '');
  }
  return found;
}
