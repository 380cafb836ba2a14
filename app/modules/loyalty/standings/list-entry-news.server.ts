import type { Tx } from '~/platform/db/index.server';

/** An entry of the ledger that others may want to hear of. */
export interface EntryNews {
  transactionId: bigint;
  profileId: bigint;
  what: 'points_earned' | 'reward_redeemed' | 'referral_qualified';
  points: number; // earned or spent, above 0
  balance: number; // that can be spent, now
  order: string | null; // its name, where an order earned
  reward: { title: string; code: string } | null;
  occurredAt: Date;
}

interface Row {
  id: bigint;
  profile_id: bigint;
  what: EntryNews['what'];
  points: bigint;
  balance: bigint | null;
  order_name: string | null;
  title: string | null;
  code: string | null;
  occurred_at: Date;
}

/** Which of these entries earned points, spent them on a reward, or thanked for a friend; in the order they were booked. */
export async function listEntryNews(
  tx: Tx,
  { shopId, transactionIds }: { shopId: number; transactionIds: bigint[] },
): Promise<EntryNews[]> {
  if (transactionIds.length === 0) return [];
  const rows = await tx.$queryRaw<Row[]>`
    SELECT t.id, sums.profile_id, sums.points, b.balance, o.name AS order_name, d.terms->>'title' AS title, d.code, t.occurred_at,
      CASE WHEN t.kind = 'redeem' THEN 'reward_redeemed'
        WHEN t.idempotency_key LIKE 'referral:%' THEN 'referral_qualified' ELSE 'points_earned' END AS what
    FROM ledger_transactions t
    JOIN LATERAL (
      SELECT a.profile_id, abs(sum(p.points))::bigint AS points FROM ledger_postings p
      JOIN ledger_accounts a ON a.shop_id = ${shopId} AND a.id = p.account_id
      WHERE p.shop_id = ${shopId} AND p.transaction_id = t.id AND a.profile_id IS NOT NULL
      GROUP BY a.profile_id) sums ON true
    LEFT JOIN ledger_accounts b ON b.shop_id = ${shopId} AND b.profile_id = sums.profile_id AND b.kind = 'points'
    LEFT JOIN orders o ON o.shop_id = ${shopId} AND o.id = t.order_id
    LEFT JOIN redemptions d ON d.shop_id = ${shopId} AND t.kind = 'redeem'
      AND d.id = NULLIF(split_part(t.idempotency_key, ':', 2), '')::bigint
    WHERE t.shop_id = ${shopId} AND t.id = ANY (${transactionIds}::bigint[]) AND t.kind IN ('earn', 'redeem')
    ORDER BY t.id`;
  return rows.map((row) => ({
    transactionId: row.id,
    profileId: row.profile_id,
    what: row.what,
    points: Number(row.points),
    balance: Number(row.balance ?? 0n),
    order: row.order_name,
    reward: row.title === null || row.code === null ? null : { title: row.title, code: row.code },
    occurredAt: row.occurred_at,
  }));
}
