import type { Tx } from '~/platform/db/index.server';
import type { AffiliateBalance } from './types';

export interface ProgrammeFigures {
  since: Date;
  clicks: number;
  orders: number; // that earn
  sales: { currency: string; net: string; commission: string }[]; // of these orders
  owed: Omit<AffiliateBalance, 'paid'>[]; // of all affiliates, now
}

/** What affiliates brought since a moment, and what is owed to them now, per currency. */
export async function getProgrammeFigures(
  tx: Tx,
  { shopId, since }: { shopId: number; since: Date },
): Promise<ProgrammeFigures> {
  const clicks = await tx.affiliateClick.count({ where: { shopId, clickedAt: { gte: since } } });
  const sales = await tx.affiliateOrder.groupBy({
    by: ['currency'],
    where: { shopId, placedAt: { gte: since }, outcome: 'earns' },
    _sum: { net: true, commission: true },
    _count: true,
    orderBy: { currency: 'asc' },
  });
  const owed = await tx.$queryRaw<ProgrammeFigures['owed']>`
    SELECT currency,
      coalesce(sum(balance) FILTER (WHERE kind = 'pending'), 0)::text AS pending,
      coalesce(sum(balance) FILTER (WHERE kind = 'payable'), 0)::text AS payable,
      coalesce(sum(balance) FILTER (WHERE kind = 'set_aside'), 0)::text AS "setAside"
    FROM affiliate_accounts WHERE shop_id = ${shopId} AND affiliate_id IS NOT NULL
    GROUP BY currency ORDER BY currency`;
  return {
    since,
    clicks,
    orders: sales.reduce((total, row) => total + row._count, 0),
    sales: sales.map(({ currency, _sum }) => ({
      currency,
      net: _sum.net?.toString() ?? '0',
      commission: _sum.commission?.toString() ?? '0',
    })),
    owed,
  };
}
