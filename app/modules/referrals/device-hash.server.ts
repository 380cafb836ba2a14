import { keyedHash } from '~/platform/crypto.server';

/** A browser in a network, as a hash keyed by the shop; null where either is not told. */
export function deviceHash(
  shopId: number,
  { ip, userAgent }: { ip: string | null; userAgent: string | null },
): string | null {
  return ip === null || userAgent === null ? null : keyedHash(`device:${shopId}:${ip}:${userAgent}`);
}
