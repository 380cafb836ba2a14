import { enqueueForShops } from '~/jobs/enqueue.server';
import { requestBackfill } from '~/modules/shops/index.server';
import { acrossShops, withShop } from '~/platform/db/index.server';

const lookBackMs = 3 * 24 * 60 * 60 * 1_000; // a night may be missed, and deliveries may be a day late

/** Asks every active shop's Shopify for what changed lately, to close the gaps lost webhooks left. Idempotent. */
export async function reconcileShops(input: { now: Date }): Promise<{ shopIds: number[] }> {
  const { now } = input;
  const since = new Date(now.getTime() - lookBackMs);
  const shops = await acrossShops((db) =>
    db.shop.findMany({ where: { status: 'active' }, select: { id: true }, orderBy: { id: 'asc' } }),
  );
  const shopIds = shops.map(({ id }) => id);
  for (const shopId of shopIds) {
    await withShop(shopId, (tx) => requestBackfill(tx, { shopId, reason: 'reconcile', since, now }));
  }
  await enqueueForShops(
    'backfill.advance',
    shopIds.map((shopId) => ({ shopId })),
  );
  return { shopIds };
}
