import type { Tx } from '~/platform/db/index.server';

/** Active shops with a consent change Shopify has not been told and may be told now. For the sweep, as the owner. */
export async function listShopsOwingConsent(db: Tx, input: { now: Date }): Promise<number[]> {
  const rows = await db.$queryRaw<{ shop_id: number }[]>`
    SELECT DISTINCT o.shop_id FROM consent_pushes o JOIN shops s ON s.id = o.shop_id AND s.status = 'active'
    WHERE o.pushed_at IS NULL AND o.attempts < 8 AND (o.next_attempt_at IS NULL OR o.next_attempt_at <= ${input.now})`;
  return rows.map((row) => row.shop_id);
}
