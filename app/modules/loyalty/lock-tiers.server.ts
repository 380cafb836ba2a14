import type { Tx } from '~/platform/db/index.server';

/**
 * One transaction of a shop at a time computes tiers, until its end: what it writes follows from all that was committed
 * before. Comes before any account of the ledger is locked by the same step.
 */
export async function lockTiers(tx: Tx, { shopId }: { shopId: number }): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`tiers:${shopId}`}, 0))`;
}
