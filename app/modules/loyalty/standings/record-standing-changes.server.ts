import type { Tx } from '~/platform/db/index.server';

interface Moved {
  shopId: number;
  profileIds: bigint[];
  now: Date;
}

/** These people turned out to be others: whatever they have, Shopify is to be told anew. Comes after merges. */
export async function recordStandingChanges(tx: Tx, { shopId, profileIds, now }: Moved): Promise<void> {
  if (profileIds.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO standing_changes (shop_id, profile_id, changed_at)
    SELECT DISTINCT ${shopId}::int, id, ${now}::timestamptz FROM unnest(${profileIds}::bigint[]) AS t(id)`;
}

/** Who had points before they had a customer's number in Shopify: now there is somewhere to write them. */
export async function recordNewCustomers(tx: Tx, { shopId, profileIds, now }: Moved): Promise<void> {
  if (profileIds.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO standing_changes (shop_id, profile_id, changed_at)
    SELECT DISTINCT ${shopId}::int, i.profile_id, ${now}::timestamptz
    FROM profile_identities i
    JOIN ledger_accounts a ON a.shop_id = ${shopId} AND a.profile_id = i.profile_id AND a.kind = 'points'
    WHERE i.shop_id = ${shopId} AND i.kind = 'shopify' AND i.profile_id = ANY (${profileIds}::bigint[])
      AND NOT EXISTS (SELECT 1 FROM told_standings t WHERE t.shop_id = ${shopId} AND t.customer_id = i.value::bigint)`;
}
