import { keyedHash } from '~/platform/crypto.server';
import type { Tx } from '~/platform/db/index.server';
import { normalisedAddress } from './address';

/** Which of these addresses are suppressed, as they were given. */
export async function listSuppressed(
  tx: Tx,
  input: { shopId: number; emails: string[] },
): Promise<Set<string>> {
  if (input.emails.length === 0) return new Set();
  const byHash = new Map(input.emails.map((email) => [email, keyedHash(normalisedAddress(email))]));
  const rows = await tx.$queryRaw<{ address_hash: string }[]>`
    SELECT address_hash FROM suppressions
    WHERE shop_id = ${input.shopId} AND channel = 'email' AND address_hash = ANY(${[...byHash.values()]}::text[])`;
  const suppressed = new Set(rows.map((row) => row.address_hash));
  return new Set(input.emails.filter((email) => suppressed.has(byHash.get(email) ?? '')));
}
