import type { Tx } from '~/platform/db/index.server';
import { listBalances } from './list-balances.server';
import { readAffiliate } from './read-affiliate.server';
import type { AffiliateState, AffiliateSummary } from './types';

/** The affiliates of a shop, newest first, with what they brought; of one state if told. At most `limit`. */
export async function listAffiliates(
  tx: Tx,
  { shopId, state, limit = 200 }: { shopId: number; state?: AffiliateState; limit?: number },
): Promise<AffiliateSummary[]> {
  const rows = await tx.affiliate.findMany({
    where: { shopId, ...(state && { state }) },
    orderBy: [{ appliedAt: 'desc' }, { id: 'desc' }],
    take: limit,
    include: {
      group: { select: { name: true } },
      _count: { select: { clicks: true, orders: { where: { outcome: 'earns' } } } },
    },
  });
  const affiliateIds = rows.map(({ id }) => id);
  const balances = await listBalances(tx, { shopId, affiliateIds });
  return rows.map(({ group, _count, ...row }) => ({
    ...readAffiliate(row),
    group: group?.name ?? null,
    clicks: _count.clicks,
    orders: _count.orders,
    balances: balances.get(row.id) ?? [],
  }));
}
