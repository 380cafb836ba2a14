import type { Tx } from '~/platform/db/index.server';

/** How many orders earn an affiliate something. */
export async function countEarningOrders(
  tx: Tx,
  { shopId, affiliateId }: { shopId: number; affiliateId: bigint },
): Promise<number> {
  return tx.affiliateOrder.count({ where: { shopId, affiliateId, outcome: 'earns' } });
}
