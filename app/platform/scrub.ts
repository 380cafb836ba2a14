import { errorText } from './errors';

const personalKeys = new Set(
  (
    'email to toaddress address address1 address2 phone firstname lastname customer body payload ' +
    'token accesstoken refreshtoken authorization password secret cookie ip note'
  ).split(' '),
);
// Not what stands in a path, such as node_modules/@prisma/client. 64: the longest there is in front of an @; without an end, a long
// word would take the square of its length.
const emailPattern = /[^\s@<>"'(),;:\\/]{1,64}@[^\s@<>"'(),;:\\/]+\.[a-z]{2,}(?![\w/])/gi;
const phonePattern = /\+\d[\d ().-]{7,}\d/g;

/** The text without e-mail addresses and international phone numbers. */
export function scrubText(text: string): string {
  return text.replace(emailPattern, '[email]').replace(phonePattern, '[phone]');
}

/** What was thrown, to be kept outside of our tables: its texts without personal data, nothing of its fields and causes. */
export function scrubError(error: unknown): Error {
  const kept = new Error(scrubText(errorText(error)));
  if (error instanceof Error) kept.stack = scrubText(error.stack ?? '');
  return kept;
}

/** A copy of what is to be logged without personal data and secrets, at any depth. */
export function scrubFields(fields: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, isPersonal(key) ? '[scrubbed]' : scrub(value, 1)]),
  );
}

function isPersonal(key: string): boolean {
  return personalKeys.has(key.toLowerCase().replaceAll('_', ''));
}

function scrub(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return scrubText(value);
  if (typeof value === 'bigint') return value.toString();
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  if (depth > 6) return '[deep]';
  if (value instanceof Error) {
    return {
      type: value.name,
      message: scrubText(value.message),
      stack: scrubText(value.stack ?? ''),
      cause: scrub(value.cause, depth + 1),
    };
  }
  if (Array.isArray(value)) return value.slice(0, 50).map((item) => scrub(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      isPersonal(key) ? '[scrubbed]' : scrub(item, depth + 1),
    ]),
  );
}
