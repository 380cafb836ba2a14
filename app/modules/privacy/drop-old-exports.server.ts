import type { Tx } from '~/platform/db/index.server';
import { keptSince } from './kept-since';

/** Drops the exports whose 30 days are over. Idempotent. */
export async function dropOldExports(tx: Tx, input: { shopId: number; now: Date }): Promise<void> {
  const { shopId, now } = input;
  await tx.$executeRaw`
    UPDATE privacy_requests SET export = NULL
    WHERE shop_id = ${shopId} AND export IS NOT NULL AND finished_at <= ${keptSince(now)}`;
}
