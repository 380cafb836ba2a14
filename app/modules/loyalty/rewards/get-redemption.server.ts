import type { Tx } from '~/platform/db/index.server';
import { notFound } from '~/platform/errors';
import { readRedemption } from './redemption-row.server';
import type { Redemption } from './reward';

/** One redemption and the customer it is for in Shopify (null when they are gone there, or erased). Throws `not_found`. */
export async function getRedemption(
  tx: Tx,
  { shopId, redemptionId }: { shopId: number; redemptionId: bigint },
): Promise<{ redemption: Redemption; shopifyCustomerId: bigint | null }> {
  const row = await tx.redemption.findUnique({ where: { shopId_id: { shopId, id: redemptionId } } });
  if (!row) throw notFound('redemption');
  const profile = await tx.profile.findUnique({
    where: { shopId_id: { shopId, id: row.profileId } },
    select: { shopifyCustomerId: true },
  });
  return { redemption: readRedemption(row), shopifyCustomerId: profile?.shopifyCustomerId ?? null };
}
