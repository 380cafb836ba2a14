import type { Tx } from '~/platform/db/index.server';

/** How often the link of an affiliate was followed since a moment. */
export async function countClicks(
  tx: Tx,
  { shopId, affiliateId, since }: { shopId: number; affiliateId: bigint; since: Date },
): Promise<number> {
  return tx.affiliateClick.count({ where: { shopId, affiliateId, clickedAt: { gte: since } } });
}
