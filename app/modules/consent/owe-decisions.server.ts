import { Prisma, type Tx } from '~/platform/db/index.server';

/**
 * Whether Shopify can't know the decision of a row `c` of `consents` about its customer `p`: it was made with us, or told of
 * customers who were merged away only, which matters to those who left. What is ticked at the checkout Shopify has itself.
 */
export const isNewsToShopify = Prisma.sql`
  CASE
    WHEN c.source <> 'shopify' THEN c.state = 'unsubscribed' OR (c.state = 'subscribed' AND c.source <> 'checkout')
    WHEN c.state = 'unsubscribed' THEN (
      SELECT bool_and(e.evidence ->> 'customerId' <> p.shopify_customer_id::text) IS TRUE
      FROM consent_events e
      WHERE e.shop_id = c.shop_id AND e.profile_id = c.profile_id AND e.channel = c.channel
        AND e.occurred_at = c.consented_at AND e.state = c.state AND e.source = 'shopify')
    ELSE false END`;

/**
 * Owes Shopify what these people decided, as it holds now, where it is news to Shopify. Looks at what is true and not at what
 * was told last, so it may be asked at any time, in any order; a decision is owed once, and again when what
 * had taken its place before it was told is taken back.
 */
export async function oweDecisions(tx: Tx, input: { shopId: number; profileIds: bigint[] }): Promise<void> {
  const { shopId, profileIds } = input;
  if (profileIds.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO consent_pushes (shop_id, profile_id, state, occurred_at)
    SELECT c.shop_id, c.profile_id, c.state, c.consented_at
    FROM consents c
    JOIN profiles p ON p.shop_id = c.shop_id AND p.id = c.profile_id
    WHERE c.shop_id = ${shopId} AND c.profile_id = ANY(${profileIds}::bigint[]) AND c.channel = 'email'
      AND p.shopify_customer_id IS NOT NULL AND p.redacted_at IS NULL AND ${isNewsToShopify}
    ORDER BY c.profile_id
    ON CONFLICT (shop_id, profile_id, occurred_at) DO UPDATE
      SET state = excluded.state, pushed_at = NULL, attempts = 0, next_attempt_at = NULL, error = NULL
      WHERE consent_pushes.state <> excluded.state OR consent_pushes.error = 'superseded'`;
}
