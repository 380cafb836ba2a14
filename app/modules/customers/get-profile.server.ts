import type { Tx } from '~/platform/db/index.server';
import { notFound } from '~/platform/errors';

/**
 * A person who is there: of this shop, not merged into another profile, not erased. Stays so until the transaction ends: a
 * merge or an erasure waits. Throws `not_found`.
 */
export async function getProfile(
  tx: Tx,
  input: { shopId: number; profileId: bigint },
): Promise<{ id: bigint }> {
  const [profile] = await tx.$queryRaw<{ id: bigint }[]>`
    SELECT id FROM profiles
    WHERE shop_id = ${input.shopId} AND id = ${input.profileId} AND merged_into_id IS NULL AND redacted_at IS NULL
    FOR SHARE`;
  if (!profile) throw notFound('customer');
  return profile;
}
