import type { Tx } from '~/platform/db/index.server';

/**
 * These people may stand elsewhere now than Shopify was told: each of their customers is looked at again. One that somebody
 * is telling about right now is looked at once more after it. Idempotent.
 */
export async function oweStandings(
  tx: Tx,
  { shopId, profileIds, now }: { shopId: number; profileIds: bigint[]; now: Date },
): Promise<void> {
  if (profileIds.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO told_standings AS t (shop_id, customer_id, due_at)
    SELECT DISTINCT ${shopId}::int, i.value::bigint, ${now}::timestamptz FROM profile_identities i
    WHERE i.shop_id = ${shopId} AND i.kind = 'shopify' AND i.profile_id = ANY (${profileIds}::bigint[])
    ORDER BY 2
    ON CONFLICT (shop_id, customer_id) DO UPDATE SET again = t.due_at IS NOT NULL,
      attempts = CASE WHEN t.due_at IS NULL THEN 0 ELSE t.attempts END, due_at = COALESCE(t.due_at, excluded.due_at)`;
}
