import { Prisma, type Tx } from '~/platform/db/index.server';
import type { CapPeriod, EarnActionDraft, EarnTrigger } from './earn-action';
import { codeOf, earnActionSchema, fixedCaps } from './earn-action';

export interface EarnPreview {
  days: number; // that were looked back
  people: number;
  points: number;
  /** False for what only another system can tell and has not told yet: then nothing is known. */
  known: boolean;
}

const days = 90;

/**
 * What a way to earn would have cost over the last 90 days had it been there all the time: its caps and its minimum count, its
 * window doesn't. Set-wise, changes nothing. Throws a zod error for a draft that can't be saved.
 */
export async function previewEarnAction(
  tx: Tx,
  { shopId, draft, now }: { shopId: number; draft: EarnActionDraft; now: Date },
): Promise<EarnPreview> {
  const parsed = earnActionSchema.parse(draft);
  const { trigger, points, minimum } = parsed;
  const { capTimes, capPeriod } = fixedCaps[trigger] ?? parsed;
  const since = new Date(now.getTime() - days * 24 * 60 * 60 * 1_000);
  const [row] = await tx.$queryRaw<{ times: number; people: number; told: number }[]>`
    WITH zone AS (SELECT time_zone AS tz FROM shops WHERE id = ${shopId}),
    did AS (${happenings(trigger, { shopId, code: codeOf(parsed), since, now })}),
    counted AS (
      SELECT profile_id, row_number() OVER (
        PARTITION BY profile_id, left(to_char(at AT TIME ZONE (SELECT tz FROM zone), 'YYYY-MM-DD'), ${periodLengths[capPeriod]}::int) ORDER BY at) AS nth
      FROM did WHERE ${minimum}::numeric IS NULL OR amount >= ${minimum}::numeric)
    SELECT count(*) FILTER (WHERE ${capTimes}::int IS NULL OR nth <= ${capTimes}::int)::int AS times,
      count(DISTINCT profile_id)::int AS people, (SELECT count(*) FROM did)::int AS told
    FROM counted`;
  const { times = 0, people = 0, told = 0 } = row ?? {};
  const isTold = trigger === 'review' || trigger === 'social_visit' || trigger === 'custom';
  return { days, people, points: times * points, known: !isTold || told > 0 };
}

const periodLengths: Record<CapPeriod, number> = { ever: 0, year: 4, month: 7, day: 10 };

interface Window {
  shopId: number;
  code: string;
  since: Date;
  now: Date;
}

/** Who did it in that time and when: SQL with `profile_id`, `at` and `amount`. */
function happenings(trigger: EarnTrigger, { shopId, code, since, now }: Window): Prisma.Sql {
  if (trigger === 'account_created')
    return Prisma.sql`
      SELECT id AS profile_id, shopify_created_at AS at, NULL::numeric AS amount FROM profiles
      WHERE shop_id = ${shopId} AND shopify_created_at BETWEEN ${since} AND ${now} AND redacted_at IS NULL AND merged_into_id IS NULL`;
  if (trigger === 'newsletter')
    return Prisma.sql`
      SELECT profile_id, min(occurred_at) AS at, NULL::numeric AS amount FROM consent_events
      WHERE shop_id = ${shopId} AND channel = 'email' AND state IN ('subscribed', 'unsubscribed')
      GROUP BY profile_id HAVING bool_or(state = 'subscribed') AND min(occurred_at) BETWEEN ${since} AND ${now}`;
  const calendar = Prisma.sql`
    SELECT d::date AS day, (d::date)::timestamp AT TIME ZONE (SELECT tz FROM zone) AS begins
    FROM generate_series((${since}::timestamptz AT TIME ZONE (SELECT tz FROM zone))::date + 1,
      (${now}::timestamptz AT TIME ZONE (SELECT tz FROM zone))::date, interval '1 day') AS d`;
  if (trigger === 'birthday')
    return Prisma.sql`
      SELECT b.profile_id, c.begins AS at, NULL::numeric AS amount FROM (${calendar}) c
      JOIN birthdays b ON b.shop_id = ${shopId} AND b.month = extract(month FROM c.day)::int AND b.day = extract(day FROM c.day)::int`;
  if (trigger === 'order_anniversary')
    return Prisma.sql`
      SELECT t.profile_id, c.begins AS at, NULL::numeric AS amount FROM (${calendar}) c
      JOIN profile_traits t ON t.shop_id = ${shopId} AND t.orders_count > 0
        AND to_char(t.first_order_at AT TIME ZONE (SELECT tz FROM zone), 'MM-DD') = to_char(c.day, 'MM-DD')
        AND (t.first_order_at AT TIME ZONE (SELECT tz FROM zone))::date < c.day`;
  return Prisma.sql`
    SELECT profile_id, occurred_at AS at, amount FROM earn_events
    WHERE shop_id = ${shopId} AND code = ${code} AND occurred_at BETWEEN ${since} AND ${now}`;
}
