import type { Tx } from '~/platform/db/index.server';

export interface StandingChange {
  profileId: bigint;
  transactionId: bigint | null; // the entry that did it; null for a tier, or when the moment is not known
}

/**
 * Takes the oldest notes of who moved off the list; whoever takes them owes Shopify the news before the transaction ends.
 * Two at once take different ones.
 */
export async function takeStandingChanges(
  tx: Tx,
  { shopId, limit }: { shopId: number; limit: number },
): Promise<StandingChange[]> {
  const rows = await tx.$queryRaw<{ profile_id: bigint; transaction_id: bigint | null }[]>`
    DELETE FROM standing_changes WHERE shop_id = ${shopId} AND id = ANY (ARRAY (
      SELECT id FROM standing_changes WHERE shop_id = ${shopId} ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED))
    RETURNING profile_id, transaction_id`;
  return rows.map((row) => ({ profileId: row.profile_id, transactionId: row.transaction_id }));
}
