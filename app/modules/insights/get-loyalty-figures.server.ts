import type { Tx } from '~/platform/db/index.server';
import type { LoyaltyFigures, LoyaltyMonth } from './types';

interface Totals {
  members: number;
  points: bigint;
  pending: bigint;
}

interface MonthRow {
  month: string;
  earned: bigint;
  taken_back: bigint;
}

const months = 12;

/**
 * Who has points and how many, and what orders earned and what was taken back of it in the last 12 shop-local months (this
 * one included), oldest first. Two queries.
 */
export async function getLoyaltyFigures(
  tx: Tx,
  input: { shopId: number; now: Date },
): Promise<LoyaltyFigures> {
  const [totals] = await tx.$queryRaw<Totals[]>`
    SELECT count(DISTINCT profile_id)::int AS members,
           coalesce(sum(balance) FILTER (WHERE kind = 'points'), 0)::bigint AS points,
           coalesce(sum(balance) FILTER (WHERE kind = 'pending'), 0)::bigint AS pending
    FROM ledger_accounts WHERE shop_id = ${input.shopId} AND profile_id IS NOT NULL`;
  return {
    members: totals?.members ?? 0,
    points: Number(totals?.points ?? 0n),
    pending: Number(totals?.pending ?? 0n),
    months: await listMonths(tx, input),
  };
}

async function listMonths(tx: Tx, { shopId, now }: { shopId: number; now: Date }): Promise<LoyaltyMonth[]> {
  const rows = await tx.$queryRaw<MonthRow[]>`
    WITH span AS (
      SELECT time_zone AS zone, date_trunc('month', ${now}::timestamptz AT TIME ZONE time_zone) - make_interval(months => ${months - 1}::int) AS first
      FROM shops WHERE id = ${shopId}),
    moved AS (
      SELECT date_trunc('month', t.occurred_at AT TIME ZONE zone) AS month,
             sum(p.points) FILTER (WHERE t.kind = 'earn') AS earned,
             -sum(p.points) FILTER (WHERE t.kind = 'reverse') AS taken_back
      FROM span, ledger_transactions t
      JOIN ledger_postings p ON p.shop_id = t.shop_id AND p.transaction_id = t.id
      JOIN ledger_accounts a ON a.shop_id = p.shop_id AND a.id = p.account_id AND a.profile_id IS NOT NULL
      WHERE t.shop_id = ${shopId} AND t.kind IN ('earn', 'reverse')
        AND t.occurred_at >= (SELECT first AT TIME ZONE zone FROM span) AND t.occurred_at <= ${now}
      GROUP BY 1)
    SELECT to_char(m.month, 'YYYY-MM-DD') AS month, coalesce(earned, 0)::bigint AS earned, coalesce(taken_back, 0)::bigint AS taken_back
    FROM (SELECT first + make_interval(months => n) AS month FROM span, generate_series(0, ${months - 1}::int) n) m
    LEFT JOIN moved USING (month) ORDER BY m.month`;
  return rows.map((row) => ({
    month: row.month,
    earned: Number(row.earned),
    takenBack: Number(row.taken_back),
  }));
}
