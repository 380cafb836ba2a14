import type { Tx } from '~/platform/db/index.server';
import { applyEarnEvents } from './apply-earn-events.server';
import type { EarnHappening } from './earn-action';
import { earnsSince } from './earns-since.server';
import { listBirthdays, lookBackDays, type DayRow } from './list-birthdays.server';

export interface CelebrateDaysInput {
  shopId: number;
  now: Date;
  limit?: number; // people at most; 1,000 when not told
}

/**
 * Birthdays and anniversaries of the first order, of today and the last seven days (a worker may have slept), by the shop's
 * calendar; 29 February is kept on the 28th in other years. A birthday has to be told before the day and gives points once in
 * eleven months, whatever is told. Idempotent. Returns whose balance changed, and whether there may be more.
 */
export async function celebrateDays(
  tx: Tx,
  { shopId, now, limit = 1_000 }: CelebrateDaysInput,
): Promise<{ profileIds: bigint[]; more: boolean }> {
  const triggers = ['birthday', 'order_anniversary'] as const;
  const rows: DayRow[] = [];
  for (const trigger of triggers) {
    if ((await earnsSince(tx, { shopId, trigger })) === null) continue;
    const found =
      trigger === 'birthday'
        ? listBirthdays(tx, { shopId, code: 'birthday', ofTiers: false, now, limit })
        : listAnniversaries(tx, { shopId, now, limit });
    rows.push(...(await found));
  }
  const happenings: EarnHappening[] = rows.map((row) => ({
    profileId: row.profile_id,
    code: row.code,
    key: row.key,
    occurredAt: row.occurred_at,
  }));
  const { profileIds, fresh } = await applyEarnEvents(tx, { shopId, happenings, now });
  return { profileIds, more: rows.length >= limit && fresh.size > 0 };
}

async function listAnniversaries(
  tx: Tx,
  { shopId, now, limit }: Required<CelebrateDaysInput>,
): Promise<DayRow[]> {
  return tx.$queryRaw<DayRow[]>`
    WITH zone AS (SELECT time_zone AS tz, (${now}::timestamptz AT TIME ZONE time_zone)::date AS today FROM shops WHERE id = ${shopId}),
    first AS (
      SELECT t.profile_id, (t.first_order_at AT TIME ZONE z.tz)::date AS day, z.today, z.tz
      FROM profile_traits t, zone z WHERE t.shop_id = ${shopId} AND t.orders_count > 0 AND t.first_order_at IS NOT NULL),
    turning AS (
      SELECT profile_id, tz, today, day, (day + make_interval(years => years))::date AS on_day, years
      FROM first CROSS JOIN LATERAL (
        SELECT extract(year FROM today)::int - extract(year FROM day)::int - n AS years FROM generate_series(0, 1) AS n) y
      WHERE years > 0)
    SELECT profile_id, 'order_anniversary' AS code, profile_id || ':' || extract(year FROM on_day)::int AS key, on_day::timestamp AT TIME ZONE tz AS occurred_at
    FROM turning
    WHERE on_day BETWEEN today - ${lookBackDays}::int AND today AND NOT EXISTS (
      SELECT 1 FROM earn_events e
      WHERE e.shop_id = ${shopId} AND e.code = 'order_anniversary' AND e.key = profile_id || ':' || extract(year FROM on_day)::int)
    ORDER BY profile_id LIMIT ${limit}`;
}
