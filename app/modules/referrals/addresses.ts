import { disposableDomains } from './disposable-domains';

/** Providers that read these as the same mailbox: dots do not count. */
const dotless = new Set(['gmail.com', 'googlemail.com']);

/**
 * The mailbox an address belongs to, as far as its text tells: lower case, without what follows a plus, and for Gmail without
 * dots and by one name. Two addresses of one mailbox are equal; equal ones are not always one mailbox, because few providers
 * give the plus another meaning.
 */
export function canonicalEmail(email: string): string {
  const [local, domain] = split(email);
  const plain = local.split('+')[0] ?? '';
  if (!dotless.has(domain)) return `${plain}@${domain}`;
  return `${plain.replaceAll('.', '')}@gmail.com`;
}

/** Whether the provider gives addresses out for a few minutes. */
export function isDisposable(email: string): boolean {
  const [, domain] = split(email);
  const labels = domain.split('.');
  return labels.some((_, index) => disposableDomains.has(labels.slice(index).join('.')));
}

/** Whether two different mailboxes look like one person's: the same name elsewhere, or one with a letter or number changed. */
export function areAlike(a: string, b: string): boolean {
  const [[left, leftDomain], [right, rightDomain]] = [split(canonicalEmail(a)), split(canonicalEmail(b))];
  if (left.length < 4 || right.length < 4) return false; // short names are alike by chance
  if (leftDomain !== rightDomain) return left === right;
  return left !== right && (differsByOne(left, right) || withoutNumber(left) === withoutNumber(right));
}

function split(email: string): [local: string, domain: string] {
  const plain = email.trim().toLowerCase();
  const at = plain.lastIndexOf('@');
  return [plain.slice(0, at), plain.slice(at + 1)];
}

/** `anna.berg2` and `anna.berg17` are numbered names. A name that is all number is not one. */
function withoutNumber(local: string): string {
  return local.replace(/\d{1,4}$/, '') || local;
}

/** Whether one letter was changed, added or left out. */
function differsByOne(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let same = 0;
  while (same < short.length && short[same] === long[same]) same += 1;
  const rest = short.length === long.length ? short.slice(same + 1) : short.slice(same);
  return rest === long.slice(same + 1);
}
