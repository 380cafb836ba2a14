import type { Tx } from '~/platform/db/index.server';
import { listBirthdays } from '../earning/list-birthdays.server';
import type { TransactionInput } from '../ledger-input';
import { postTransactions } from '../post-transactions.server';

export interface CelebrateTierBirthdaysInput {
  shopId: number;
  now: Date;
  limit?: number; // people at most; 1,000 when not told
}

const code = 'tier_birthday';

/**
 * Points for the birthdays of members of a tier, by the tier they are in on the day, on top of what a birthday gives to
 * everybody. As with those: told before the day, once in eleven months, up to seven days late. The happening is what makes it
 * count once; a merge of people carries it along. Idempotent. Returns whose balance changed, and whether there may be more.
 */
export async function celebrateTierBirthdays(
  tx: Tx,
  { shopId, now, limit = 1_000 }: CelebrateTierBirthdaysInput,
): Promise<{ profileIds: bigint[]; more: boolean }> {
  const benefit = await tx.tierBenefit.findFirst({ where: { shopId, birthdayPoints: { gt: 0 } } });
  if (!benefit) return { profileIds: [], more: false };
  const rows = await listBirthdays(tx, { shopId, code, ofTiers: true, now, limit });
  const fresh = await recordMembers(
    tx,
    shopId,
    rows.map(({ profile_id: profileId, key, occurred_at: occurredAt }) => ({
      profile_id: profileId.toString(),
      key,
      occurred_at: occurredAt,
    })),
  );
  const transactions = fresh.map(
    ({ profile_id: profileId, key, name, points, occurred_at: at }): TransactionInput => ({
      kind: 'earn',
      key: `tier-birthday:${key}`,
      reason: name,
      occurredAt: at < now ? at : now,
      postings: [{ profileId, account: 'points', points }],
    }),
  );
  await postTransactions(tx, { shopId, transactions, now });
  return { profileIds: fresh.map((row) => row.profile_id), more: rows.length >= limit && fresh.length > 0 };
}

interface Fresh {
  profile_id: bigint;
  key: string;
  occurred_at: Date;
  name: string;
  points: number;
}

/** Writes the birthdays of members down and tells which are new. Of whoever was erased nothing is written. */
async function recordMembers(
  tx: Tx,
  shopId: number,
  rows: { profile_id: string; key: string; occurred_at: Date }[],
): Promise<Fresh[]> {
  if (rows.length === 0) return [];
  return tx.$queryRaw<Fresh[]>`
    WITH members AS (
      SELECT r.profile_id, r.key, r.occurred_at, t.name, b.birthday_points AS points
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(profile_id bigint, key text, occurred_at timestamptz)
      JOIN profiles f ON f.shop_id = ${shopId} AND f.id = r.profile_id AND f.redacted_at IS NULL AND f.merged_into_id IS NULL
      JOIN profile_tiers p ON p.shop_id = ${shopId} AND p.profile_id = r.profile_id
      JOIN tiers t ON t.shop_id = ${shopId} AND t.version = p.version AND t.id = p.tier_id
      JOIN tier_benefits b ON b.shop_id = ${shopId} AND b.tier_id = p.tier_id AND b.birthday_points > 0),
    written AS (
      INSERT INTO earn_events (shop_id, profile_id, code, key, occurred_at)
      SELECT ${shopId}::int, profile_id, ${code}, key, occurred_at FROM members ORDER BY key
      ON CONFLICT (shop_id, code, key) DO NOTHING
      RETURNING key)
    SELECT m.profile_id, m.key, m.occurred_at, m.name, m.points FROM members m JOIN written w ON w.key = m.key
    ORDER BY m.profile_id`;
}
