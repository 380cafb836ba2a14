import type { Tx } from '~/platform/db/index.server';

/**
 * Locks flows before they are read for a change. In a statement of its own: a read that waits for the lock itself would
 * join the row as it is now with versions as they were before.
 */
export async function lockFlows(tx: Tx, input: { shopId: number; keys: string[] }): Promise<void> {
  await tx.$queryRaw`
    SELECT key FROM flows WHERE shop_id = ${input.shopId} AND key = ANY(${input.keys}) ORDER BY key FOR UPDATE`;
}
