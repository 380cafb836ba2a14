/**
 * The network a request came from, as whoever passed it on says (the first of `X-Forwarded-For`); null where nobody does. A line
 * has 2^64 addresses of IPv6, and its devices change theirs by the hour: such an address stands for its /64.
 */
export function callerNetwork(headers: Headers): string | null {
  const address = headers.get('x-forwarded-for')?.split(',')[0]?.trim().toLowerCase() ?? '';
  if (address === '') return null;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  return address.includes(':') ? firstHalf(address) : address;
}

function firstHalf(address: string): string {
  const [head = '', tail] = address.split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const left = groups(head);
  const right = groups(tail ?? '');
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  const all = tail === undefined ? left : [...left, ...zeros, ...right];
  return `${all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
