import { contentHash } from '~/platform/crypto.server';
import type { Tx } from '~/platform/db/index.server';
import type { FulfillmentFact } from './types';

/** Stores fulfilments, whether or not their orders are known. Idempotent; the newest fact about each counts. */
export async function applyFulfillmentFacts(
  tx: Tx,
  input: { shopId: number; facts: FulfillmentFact[]; now: Date },
): Promise<{ orderIds: bigint[] }> {
  if (input.facts.length === 0) return { orderIds: [] };
  const rows = input.facts.map((fact) => ({
    id: fact.id.toString(),
    order_id: fact.orderId.toString(),
    status: fact.status,
    shipment_status: fact.shipmentStatus,
    created_at: fact.createdAt,
    shopify_updated_at: fact.updatedAt,
    fact_version: contentHash(
      `${fact.orderId} ${fact.status} ${fact.shipmentStatus} ${fact.createdAt.toISOString()}`,
    ),
  }));
  await tx.$executeRaw`
    INSERT INTO fulfillments AS f
      (shop_id, id, order_id, status, shipment_status, created_at, shopify_updated_at, fact_version)
    SELECT DISTINCT ON (r.id) ${input.shopId}, r.* FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(
      id bigint, order_id bigint, status text, shipment_status text, created_at timestamptz,
      shopify_updated_at timestamptz, fact_version text)
    ORDER BY r.id, r.shopify_updated_at DESC, r.fact_version COLLATE "C" DESC
    ON CONFLICT (shop_id, id) DO UPDATE SET
      order_id = excluded.order_id, status = excluded.status, shipment_status = excluded.shipment_status,
      created_at = excluded.created_at, shopify_updated_at = excluded.shopify_updated_at,
      fact_version = excluded.fact_version
    WHERE (excluded.shopify_updated_at, excluded.fact_version COLLATE "C") > (f.shopify_updated_at, f.fact_version COLLATE "C")`;
  return { orderIds: [...new Set(input.facts.map(({ orderId }) => orderId))] };
}
