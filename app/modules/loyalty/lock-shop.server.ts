import type { Tx } from '~/platform/db/index.server';

/** One at a time per shop, until the transaction ends: for settings that are read and then written anew. */
export async function lockShop(tx: Tx, input: { shopId: number }): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtext('loyalty settings'), ${input.shopId}::int)) locked`;
}
