import type { Tx } from '~/platform/db/index.server';
import type { AffiliateBalance } from './types';

/** What these affiliates have, by affiliate; who has nothing is not in the map. One statement. */
export async function listBalances(
  tx: Tx,
  { shopId, affiliateIds }: { shopId: number; affiliateIds: bigint[] },
): Promise<Map<bigint, AffiliateBalance[]>> {
  const rows = await tx.$queryRaw<(AffiliateBalance & { affiliate_id: bigint })[]>`
    SELECT a.affiliate_id, a.currency,
      coalesce(sum(a.balance) FILTER (WHERE a.kind = 'pending'), 0)::text AS pending,
      coalesce(sum(a.balance) FILTER (WHERE a.kind = 'payable'), 0)::text AS payable,
      coalesce(sum(a.balance) FILTER (WHERE a.kind = 'set_aside'), 0)::text AS "setAside",
      coalesce((SELECT sum(p.amount) FROM affiliate_payouts p
        JOIN affiliate_payout_batches b ON b.shop_id = p.shop_id AND b.id = p.batch_id AND b.state = 'paid'
        WHERE p.shop_id = ${shopId} AND p.affiliate_id = a.affiliate_id AND b.currency = a.currency), 0)::text AS paid
    FROM affiliate_accounts a
    WHERE a.shop_id = ${shopId} AND a.affiliate_id = ANY (${affiliateIds}::bigint[])
    GROUP BY a.affiliate_id, a.currency ORDER BY a.affiliate_id, a.currency`;
  const found = new Map<bigint, AffiliateBalance[]>();
  for (const { affiliate_id: id, ...balance } of rows) found.set(id, [...(found.get(id) ?? []), balance]);
  return found;
}
