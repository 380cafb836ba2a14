import type { Tx } from '~/platform/db/index.server';

/**
 * Products became known (`productIds`), or in which collections some are (`collectedIds`): orders that waited to hear of these,
 * because rates ask for it, are judged again soon (`applyToldGoods`). One statement that finds nothing where no order waits.
 * Idempotent.
 */
export async function recordToldGoods(
  tx: Tx,
  input: { shopId: number; productIds: bigint[]; collectedIds: bigint[]; now: Date },
): Promise<void> {
  const { shopId, productIds, collectedIds, now } = input;
  await tx.$executeRaw`
    UPDATE affiliate_orders SET told_at = ${now}
    WHERE shop_id = ${shopId} AND told_at IS NULL AND (open_products <> '{}' OR open_collections <> '{}')
      AND (open_products && ${productIds}::bigint[] OR open_collections && ${collectedIds}::bigint[])`;
}
