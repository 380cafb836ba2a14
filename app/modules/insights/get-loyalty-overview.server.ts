import { Prisma, type Tx } from '~/platform/db/index.server';
import type { LoyaltyOverview } from './types';

/** Up to this many customers are looked at one by one; of more, a sample of about as many. */
const lookedAt = 20_000;
/** Slices of the shop's range of ids that the sample is taken from, and ids in each. Primes: they fall in with no pattern in the ids. */
const slices = 199;
const idsPerSlice = 103;

interface Row {
  customers: number;
  members: number;
  redeemers: number;
  redeemers_again: number;
  others: number;
  others_again: number;
}

/**
 * Who takes part in the programme, whether those who redeem order more often, and what they redeem. In shops of more than
 * 20,000 customers the shares come from a sample spread over all of them. Three queries, whatever the shop.
 */
export async function getLoyaltyOverview(tx: Tx, input: { shopId: number }): Promise<LoyaltyOverview> {
  const { shopId } = input;
  const [totals] = await tx.$queryRaw<{ members: number; looked: number }[]>`
    SELECT (SELECT count(DISTINCT profile_id)::int FROM ledger_accounts
            WHERE shop_id = ${shopId} AND profile_id IS NOT NULL) AS members,
      (SELECT count(*)::int FROM (
        SELECT 1 FROM profile_traits WHERE shop_id = ${shopId} LIMIT ${lookedAt + 1}) people) AS looked`;
  const exact = (totals?.looked ?? 0) <= lookedAt;
  const [row] = await tx.$queryRaw<Row[]>`
    WITH person AS (
      SELECT t.orders_count > 1 AS again,
        EXISTS (SELECT 1 FROM ledger_accounts a WHERE a.shop_id = ${shopId} AND a.profile_id = t.profile_id) AS member,
        EXISTS (SELECT 1 FROM redemptions r WHERE r.shop_id = ${shopId} AND r.profile_id = t.profile_id
          AND r.state IN ('confirmed', 'used')) AS redeemer
      FROM ${exact ? everybody(shopId) : sample(shopId)} t WHERE t.orders_count > 0)
    SELECT count(*)::int AS customers, count(*) FILTER (WHERE member)::int AS members,
      count(*) FILTER (WHERE redeemer)::int AS redeemers, count(*) FILTER (WHERE redeemer AND again)::int AS redeemers_again,
      count(*) FILTER (WHERE member AND NOT redeemer)::int AS others,
      count(*) FILTER (WHERE member AND NOT redeemer AND again)::int AS others_again
    FROM person`;
  return {
    members: totals?.members ?? 0,
    exact,
    customers: row?.customers ?? 0,
    participants: row?.members ?? 0,
    redeemers: { people: row?.redeemers ?? 0, again: row?.redeemers_again ?? 0 },
    others: { people: row?.others ?? 0, again: row?.others_again ?? 0 },
    topRewards: await listTopRewards(tx, shopId),
  };
}

function everybody(shopId: number): Prisma.Sql {
  return Prisma.sql`(SELECT profile_id, orders_count FROM profile_traits WHERE shop_id = ${shopId})`;
}

/** The limit takes nothing away: it makes the planner read slice by slice instead of the whole shop. */
function sample(shopId: number): Prisma.Sql {
  return Prisma.sql`(
    SELECT p.profile_id, p.orders_count
    FROM (SELECT min(profile_id) AS lowest, max(profile_id) AS highest FROM profile_traits WHERE shop_id = ${shopId}) span
    CROSS JOIN generate_series(0, ${slices - 1}::bigint) n
    CROSS JOIN LATERAL (
      SELECT profile_id, orders_count FROM profile_traits
      WHERE shop_id = ${shopId} AND profile_id >= lowest + (highest - lowest) * n / ${slices}::bigint
        AND profile_id < lowest + (highest - lowest) * n / ${slices}::bigint + ${idsPerSlice}::bigint LIMIT ${idsPerSlice}) p)`;
}

async function listTopRewards(tx: Tx, shopId: number): Promise<LoyaltyOverview['topRewards']> {
  const rows = await tx.$queryRaw<{ id: bigint; title: string; redeemed: number; used: number }[]>`
    SELECT r.id, r.title, count(*)::int AS redeemed, count(*) FILTER (WHERE d.state = 'used')::int AS used
    FROM redemptions d JOIN rewards r ON r.shop_id = d.shop_id AND r.id = d.reward_id
    WHERE d.shop_id = ${shopId} AND d.state IN ('reserved', 'confirmed', 'used')
    GROUP BY r.shop_id, r.id ORDER BY redeemed DESC, r.id LIMIT 5`;
  return rows.map((row) => ({ ...row, id: String(row.id) }));
}
