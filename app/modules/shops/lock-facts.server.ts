import type { Tx } from '~/platform/db/index.server';

const firstHalf = 7_236_649; // of the lock's key; the shop is the second

/**
 * One transaction at a time takes in facts of a shop, be they of webhooks or of an import, or judges again what was taken in:
 * they touch the same rows in whatever order they come. Comes before all that they lock. Others wait, 20 seconds at most. Held
 * until the transaction ends.
 */
export async function lockFacts(tx: Tx, input: { shopId: number }): Promise<void> {
  await tx.$executeRaw`SELECT set_config('lock_timeout', '20s', true)`;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${firstHalf}::int, ${input.shopId}::int)`;
}
