import type { Tx } from '~/platform/db/index.server';

export interface StandingChange {
  id: bigint;
  profileId: bigint;
  transactionId: bigint | null; // the entry that did it; null for a tier, or when the moment is not known
  tier: { from: string | null; to: string | null } | null; // another tier, not only another name
  changedAt: Date;
}

interface Row {
  id: bigint;
  profile_id: bigint;
  transaction_id: bigint | null;
  tier_changed: boolean;
  from_tier: string | null;
  to_tier: string | null;
  changed_at: Date;
}

/**
 * Takes the oldest notes of who moved off the list; whoever takes them owes Shopify the news before the transaction ends.
 * Two at once take different ones.
 */
export async function takeStandingChanges(
  tx: Tx,
  { shopId, limit }: { shopId: number; limit: number },
): Promise<StandingChange[]> {
  const rows = await tx.$queryRaw<Row[]>`
    DELETE FROM standing_changes WHERE shop_id = ${shopId} AND id = ANY (ARRAY (
      SELECT id FROM standing_changes WHERE shop_id = ${shopId} ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED))
    RETURNING id, profile_id, transaction_id, tier_changed, from_tier, to_tier, changed_at`;
  return rows.map((row) => ({
    id: row.id,
    profileId: row.profile_id,
    transactionId: row.transaction_id,
    tier: row.tier_changed ? { from: row.from_tier, to: row.to_tier } : null,
    changedAt: row.changed_at,
  }));
}
