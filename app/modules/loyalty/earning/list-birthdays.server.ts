import type { Tx } from '~/platform/db/index.server';

/** A day that gives points, with the key that makes it count once. */
export interface DayRow {
  profile_id: bigint;
  code: string;
  key: string;
  occurred_at: Date;
}

/** A worker may have slept: so many days are looked back. */
export const lookBackDays = 7;

/**
 * Birthdays of today and the last seven days by the shop's calendar that gave nothing under this code in the last eleven
 * months; `ofTiers`: those of members of a tier that gives points for it. A birthday has to be told before the day; 29 February is kept on the 28th in other years.
 */
export async function listBirthdays(
  tx: Tx,
  input: { shopId: number; code: string; ofTiers: boolean; now: Date; limit: number },
): Promise<DayRow[]> {
  const { shopId, code, ofTiers, now, limit } = input;
  return tx.$queryRaw<DayRow[]>`
    WITH days AS (
      SELECT d::date AS day, (d::date)::timestamp AT TIME ZONE s.time_zone AS begins
      FROM shops s, generate_series((${now}::timestamptz AT TIME ZONE s.time_zone)::date - ${lookBackDays}::int,
        (${now}::timestamptz AT TIME ZONE s.time_zone)::date, interval '1 day') AS d
      WHERE s.id = ${shopId}),
    born AS (
      SELECT day, begins, extract(month FROM day)::int AS month, extract(day FROM day)::int AS nth FROM days
      UNION ALL
      SELECT day, begins, 2, 29 FROM days
      WHERE to_char(day, 'MM-DD') = '02-28' AND extract(month FROM day + 1) = 3)
    SELECT b.profile_id, ${code} AS code, b.profile_id || ':' || extract(year FROM born.day)::int AS key, born.begins AS occurred_at
    FROM born JOIN birthdays b ON b.shop_id = ${shopId} AND b.month = born.month AND b.day = born.nth
    WHERE b.told_at < born.begins AND NOT EXISTS (
      SELECT 1 FROM earn_events e
      WHERE e.shop_id = ${shopId} AND e.profile_id = b.profile_id AND e.code = ${code}
        AND e.occurred_at > born.begins - interval '11 months')
      AND (NOT ${ofTiers} OR EXISTS (
        SELECT 1 FROM profile_tiers p JOIN tier_benefits t ON t.shop_id = p.shop_id AND t.tier_id = p.tier_id AND t.birthday_points > 0
        WHERE p.shop_id = ${shopId} AND p.profile_id = b.profile_id))
    ORDER BY b.profile_id LIMIT ${limit}`;
}
