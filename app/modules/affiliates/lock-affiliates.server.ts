import type { Tx } from '~/platform/db/index.server';

/**
 * One at a time per shop, until the transaction ends: whoever posts commissions or makes payouts. Shops with affiliates post
 * few entries next to their orders, so waiting costs less than being clever.
 */
export async function lockAffiliates(tx: Tx, input: { shopId: number }): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtext('affiliates'), ${input.shopId}::int)) locked`;
}
