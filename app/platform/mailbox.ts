/** Providers that read these as the same mailbox: dots do not count. */
const dotless = new Set(['gmail.com', 'googlemail.com']);

/**
 * The mailbox an address belongs to, as far as its text tells: lower case, without what follows a plus, and for Gmail without
 * dots and by one name. Two addresses of one mailbox are equal; equal ones are not always one mailbox, because few providers
 * give the plus another meaning.
 */
export function canonicalEmail(email: string): string {
  const [local, domain] = splitEmail(email);
  const plain = local.split('+')[0] ?? '';
  if (!dotless.has(domain)) return `${plain}@${domain}`;
  return `${plain.replaceAll('.', '')}@gmail.com`;
}

/** How else somebody may write the address of their mailbox who makes another of it: without what they put into this one. */
export function plainerEmails(email: string): string[] {
  const [local, domain] = splitEmail(email);
  const plain = local.split('+')[0] ?? '';
  const written = dotless.has(domain)
    ? [...dotless].flatMap((one) => [`${plain}@${one}`, `${plain.replaceAll('.', '')}@${one}`])
    : [`${plain}@${domain}`];
  return [...new Set(written)].filter((one) => one !== `${local}@${domain}`);
}

/** Both sides of the last @, in lower case. */
export function splitEmail(email: string): [local: string, domain: string] {
  const plain = email.trim().toLowerCase();
  const at = plain.lastIndexOf('@');
  return [plain.slice(0, at), plain.slice(at + 1)];
}
