import type { Tx } from '~/platform/db/index.server';
import type { Standing } from './standing';

/**
 * What came of telling about a customer, and what Shopify has by now: everything; something was refused, with Shopify's
 * words; or Shopify fell silent, and nobody knows.
 */
export type TellingOutcome =
  | { customerId: bigint; outcome: 'told'; standing: Standing; strays: number } // those that are settled with it
  | { customerId: bigint; outcome: 'refused'; standing: Standing; error: string }
  | { customerId: bigint; outcome: 'postponed' };

const firstPauseMs = 60_000;
const postponedMs = 30_000;
const mostAttempts = 6;

/**
 * Writes down what came of claimed tellings; a claim that was lost to somebody else is left to them. Refused ones are tried
 * again after 1, 4, 16 ... minutes, 6 times in all, and then when the person moves again.
 */
export async function recordTellings(
  tx: Tx,
  { shopId, lease, outcomes, now }: { shopId: number; lease: Date; outcomes: TellingOutcome[]; now: Date },
): Promise<void> {
  if (outcomes.length === 0) return;
  const rows = outcomes.map((one) => ({
    customer_id: String(one.customerId),
    outcome: one.outcome,
    ...('standing' in one ? one.standing : {}),
    ...('strays' in one && { strays: one.strays }),
    ...('error' in one && { error: one.error.slice(0, 500) }),
  }));
  const ids = outcomes.map(({ customerId }) => customerId);
  await tx.$executeRaw`
    WITH mine AS MATERIALIZED (
      SELECT customer_id FROM told_standings
      WHERE shop_id = ${shopId} AND customer_id = ANY (${ids}::bigint[]) AND due_at = ${lease}
      ORDER BY customer_id FOR NO KEY UPDATE)
    UPDATE told_standings t SET
      points = CASE WHEN r.outcome = 'postponed' THEN t.points ELSE r.points END,
      tier = CASE WHEN r.outcome = 'postponed' THEN t.tier ELSE r.tier END,
      tag = CASE WHEN r.outcome = 'postponed' THEN t.tag ELSE r.tag END,
      next_tag = CASE WHEN r.outcome = 'postponed' THEN t.next_tag END,
      unsure = r.outcome = 'postponed',
      strays = t.strays - COALESCE(r.strays, 0),
      told_at = CASE WHEN r.outcome = 'told' THEN ${now}::timestamptz ELSE t.told_at END,
      error = CASE WHEN r.outcome = 'postponed' THEN t.error ELSE r.error END,
      attempts = CASE r.outcome WHEN 'told' THEN 0 WHEN 'refused' THEN t.attempts + 1 ELSE t.attempts END,
      due_at = CASE
        WHEN r.outcome = 'postponed' THEN ${now}::timestamptz + make_interval(secs => ${postponedMs}::float8 / 1000)
        WHEN r.outcome = 'refused' AND t.attempts + 1 < ${mostAttempts}
          THEN ${now}::timestamptz + make_interval(secs => ${firstPauseMs}::float8 * 4 ^ t.attempts / 1000)
        WHEN t.again THEN ${now}::timestamptz END
    FROM mine JOIN jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r(customer_id bigint, outcome text, points bigint, tier text, tag text, strays int, error text) USING (customer_id)
    WHERE t.shop_id = ${shopId} AND t.customer_id = ANY (${ids}::bigint[]) AND t.customer_id = mine.customer_id`;
}
