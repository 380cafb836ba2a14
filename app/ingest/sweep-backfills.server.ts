import { enqueueForShops } from '~/jobs/enqueue.server';
import { listShopsToImport } from '~/modules/shops/index.server';
import { acrossShops } from '~/platform/db/index.server';

/** Announces shops whose import waits for Shopify, was interrupted or was never started. */
export async function sweepBackfills(): Promise<{ shopIds: number[] }> {
  const shopIds = await acrossShops((db) => listShopsToImport(db));
  await enqueueForShops(
    'backfill.advance',
    shopIds.map((shopId) => ({ shopId })),
  );
  return { shopIds };
}
