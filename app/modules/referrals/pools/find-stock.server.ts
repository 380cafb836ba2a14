import type { Tx } from '~/platform/db/index.server';

export interface OfferStock {
  free: number; // codes friends get at once
  error: string | null; // what Shopify says against making more, for the merchant
}

/** How the pool that gives friends their codes stands; null while there is none. */
export async function findStock(tx: Tx, { shopId }: { shopId: number }): Promise<OfferStock | null> {
  const pool = await tx.referralPool.findFirst({
    where: { shopId, state: { in: ['making', 'open'] } },
    orderBy: { id: 'desc' },
  });
  if (!pool) return null;
  const where = { shopId, poolId: pool.id, redeemId: { not: null } };
  return { free: await tx.referralPoolCode.count({ where }), error: pool.error };
}
