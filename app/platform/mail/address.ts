const local = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;

/**
 * Whether we send mail to this address: the plain form only, `name@domain.tld` in ASCII. Quoted names, comments, address
 * literals and lists are valid somewhere in the standards and used by nobody but attackers, so they are refused before
 * any library parses them.
 */
export function isSendableAddress(address: string): boolean {
  if (address.length > 254) return false;
  const parts = address.split('@');
  const [name, domain] = parts;
  if (parts.length !== 2 || !name || !domain || name.length > 64 || !local.test(name)) return false;
  const labels = domain.split('.');
  return labels.length >= 2 && labels.every((part) => label.test(part)) && /[a-z]/i.test(labels.at(-1) ?? '');
}

/** Whether a text may stand in a header: no line breaks, no other control characters. */
export function isHeaderSafe(text: string): boolean {
  // eslint-disable-next-line no-control-regex
  return !/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(text);
}
