import type { Tx } from '~/platform/db/index.server';
import type { Decimal } from '~/platform/money';

/** The tier somebody is in, as a mail tells it. */
export interface MailTier {
  tierId: number;
  name: string;
  multiplier: Decimal; // 1 is none
  points: number; // what reaching it gave
  until: string | null; // YYYY-MM-DD of the shop's calendar; null: never lost by time
}

/** Which tier these people are in, by person; who is in none is not in it. What reaching it gave is read from the ledger. */
export async function listTiersForMail(
  tx: Tx,
  input: { shopId: number; profileIds: bigint[] },
): Promise<Map<bigint, MailTier>> {
  const { shopId, profileIds } = input;
  if (profileIds.length === 0) return new Map();
  const rows = await tx.$queryRaw<(MailTier & { profileId: bigint })[]>`
    SELECT p.profile_id AS "profileId", t.id AS "tierId", t.name, t.multiplier,
           to_char(p.until AT TIME ZONE s.time_zone, 'YYYY-MM-DD') AS until,
           coalesce((
             SELECT sum(l.points) FROM ledger_accounts a
             JOIN ledger_postings l ON l.shop_id = a.shop_id AND l.account_id = a.id
             JOIN ledger_transactions e ON e.shop_id = l.shop_id AND e.id = l.transaction_id
             WHERE a.shop_id = p.shop_id AND a.profile_id = p.profile_id
               AND e.tier_id = t.id AND e.occurred_at >= p.since), 0)::int AS points
    FROM profile_tiers p
    JOIN shops s ON s.id = p.shop_id
    JOIN tiers t ON t.shop_id = p.shop_id AND t.version = p.version AND t.id = p.tier_id
    WHERE p.shop_id = ${shopId} AND p.profile_id = ANY(${profileIds}::bigint[])`;
  return new Map(rows.map(({ profileId, ...tier }) => [profileId, tier]));
}
