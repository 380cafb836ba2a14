import type { Tx } from '~/platform/db/index.server';

export interface StandingSwitches {
  shareStandings: boolean; // points and tier in fields of the customer
  tagTiers: boolean; // the tier as a tag of the customer, too
}

/** What the merchant wants Shopify to be told of customers: fields unless they said otherwise, no tag unless they did. */
export async function getStandingSwitches(
  tx: Tx,
  { shopId }: { shopId: number },
): Promise<StandingSwitches & { fieldsNamespace: string | null }> {
  const row = await tx.loyaltySettings.findUnique({ where: { shopId } });
  return {
    shareStandings: row?.shareStandings ?? true,
    tagTiers: row?.tagTiers ?? false,
    fieldsNamespace: row?.fieldsNamespace ?? null,
  };
}

/**
 * Changes what Shopify is told of customers. What was told and is not wanted any more is taken back; what is wanted now is
 * told of everybody who has points or a tier. Repeating it changes nothing.
 */
export async function updateStandingSwitches(
  tx: Tx,
  { shopId, now, ...switches }: StandingSwitches & { shopId: number; now: Date },
): Promise<void> {
  const before = await getStandingSwitches(tx, { shopId });
  if (before.shareStandings === switches.shareStandings && before.tagTiers === switches.tagTiers) return;
  const data = { ...switches, updatedAt: now };
  await tx.loyaltySettings.upsert({ where: { shopId }, create: { shopId, ...data }, update: data });
  await tx.$executeRaw`
    INSERT INTO standing_changes (shop_id, profile_id, changed_at)
    SELECT shop_id, profile_id, ${now}::timestamptz FROM ledger_accounts
    WHERE shop_id = ${shopId} AND kind = 'points' AND profile_id IS NOT NULL
    UNION
    SELECT shop_id, profile_id, ${now}::timestamptz FROM profile_tiers WHERE shop_id = ${shopId} AND tier_id IS NOT NULL`;
}
