import { canonicalEmail, splitEmail } from '~/platform/mailbox';
import { disposableDomains } from './disposable-domains';

/** Whether the provider gives addresses out for a few minutes. */
export function isDisposable(email: string): boolean {
  const [, domain] = splitEmail(email);
  const labels = domain.split('.');
  return labels.some((_, index) => disposableDomains.has(labels.slice(index).join('.')));
}

/** Whether two different mailboxes look like one person's: the same name elsewhere, or one with a letter or number changed. */
export function areAlike(a: string, b: string): boolean {
  const [[left, leftDomain], [right, rightDomain]] = [
    splitEmail(canonicalEmail(a)),
    splitEmail(canonicalEmail(b)),
  ];
  if (left.length < 4 || right.length < 4) return false; // short names are alike by chance
  if (leftDomain !== rightDomain) return left === right;
  return left !== right && (differsByOne(left, right) || withoutNumber(left) === withoutNumber(right));
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
