import { contentHash } from '~/platform/crypto.server';
import type { Tx } from '~/platform/db/index.server';
import { applyCollectionFacts } from './apply-collection-facts.server';
import { listOwners } from './list-owners.server';
import { recomputeOrderFigures } from './recompute-order-figures.server';
import type { ProductFact } from './types';

type Versioned = ProductFact & { version: string };

/**
 * Stores products and their variants. Idempotent; the newest fact about a product counts. Unit costs become known
 * through the import only: lines sold before that get theirs now; answers their orders and whose those are.
 */
export async function applyProductFacts(
  tx: Tx,
  input: { shopId: number; facts: ProductFact[]; now: Date },
): Promise<{ orderIds: bigint[]; profileIds: bigint[] }> {
  const { shopId } = input;
  if (input.facts.length === 0) return { orderIds: [], profileIds: [] };
  const told = input.facts.filter(({ deleted }) => !deleted);
  const newest = newestFacts(told);
  const written = await storeProducts(tx, { shopId, facts: newest });
  await storeVariants(tx, { shopId, facts: newest.filter(({ id }) => written.has(id)) });
  await storeCosts(tx, { shopId, facts: told });
  await storeCollections(tx, { shopId, facts: told, now: input.now });
  await markDeleted(tx, { shopId, facts: input.facts.filter(({ deleted }) => deleted) });
  const orderIds = await fillCosts(tx, { shopId, facts: told });
  await recomputeOrderFigures(tx, { shopId, orderIds });
  return { orderIds, profileIds: await listOwners(tx, { shopId, orderIds }) };
}

function newestFacts(facts: ProductFact[]): Versioned[] {
  const newest = new Map<bigint, Versioned>();
  for (const fact of facts) {
    // Of one moment, what tells all variants stands before what tells the first of them.
    const version = `${fact.variantIds ? 0 : 1}${contentHash(contentOf(fact))}`;
    const known = newest.get(fact.id);
    const difference = known ? fact.updatedAt.getTime() - known.updatedAt.getTime() : 1;
    if (!known || difference > 0 || (difference === 0 && version > known.version)) {
      newest.set(fact.id, { ...fact, version });
    }
  }
  return [...newest.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function contentOf(fact: ProductFact): string {
  const { id, title, handle, productType, vendor, status, imageUrl } = fact;
  const variants = fact.variants
    .map((variant) => [variant.id.toString(), variant.title, variant.sku, variant.price, variant.imageUrl])
    .sort();
  return JSON.stringify([
    id.toString(),
    title,
    handle,
    productType,
    vendor,
    status,
    imageUrl,
    fact.tags.toSorted(),
    variants,
  ]);
}

async function storeProducts(tx: Tx, input: { shopId: number; facts: Versioned[] }): Promise<Set<bigint>> {
  if (input.facts.length === 0) return new Set();
  const rows = input.facts.map((fact) => ({
    id: fact.id.toString(),
    title: fact.title,
    handle: fact.handle,
    product_type: fact.productType,
    vendor: fact.vendor,
    status: fact.status,
    image_url: fact.imageUrl,
    tags: fact.tags.toSorted(),
    shopify_updated_at: fact.updatedAt,
    fact_version: fact.version,
  }));
  const written = await tx.$queryRaw<{ id: bigint }[]>`
    INSERT INTO products AS p
      (shop_id, id, title, handle, product_type, vendor, status, image_url, tags, shopify_updated_at, fact_version)
    SELECT ${input.shopId}, r.* FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(
      id bigint, title text, handle text, product_type text, vendor text, status text, image_url text, tags text[],
      shopify_updated_at timestamptz, fact_version text)
    ON CONFLICT (shop_id, id) DO UPDATE SET
      title = excluded.title, handle = excluded.handle, product_type = excluded.product_type, vendor = excluded.vendor,
      status = excluded.status, image_url = excluded.image_url, tags = excluded.tags,
      shopify_updated_at = excluded.shopify_updated_at, fact_version = excluded.fact_version
    WHERE (excluded.shopify_updated_at, excluded.fact_version COLLATE "C") > (p.shopify_updated_at, p.fact_version COLLATE "C")
    RETURNING id`;
  return new Set(written.map(({ id }) => id));
}

/** Those no longer told go, but for those named without being told: more than a webhook tells. */
async function storeVariants(tx: Tx, input: { shopId: number; facts: ProductFact[] }): Promise<void> {
  if (input.facts.length === 0) return;
  const productIds = input.facts.map(({ id }) => id);
  const named = input.facts.flatMap(({ variantIds }) => variantIds ?? []);
  const rows = variantRows(input.facts);
  await tx.$executeRaw`
    DELETE FROM product_variants v WHERE v.shop_id = ${input.shopId} AND v.product_id = ANY(${productIds}::bigint[])
      AND v.id <> ALL(${named}::bigint[])
      AND NOT EXISTS (SELECT 1 FROM jsonb_to_recordset(${rows}::jsonb) AS r(id bigint) WHERE r.id = v.id)`;
  await tx.$executeRaw`
    INSERT INTO product_variants AS v (shop_id, id, product_id, title, sku, price, image_url)
    SELECT ${input.shopId}, r.* FROM jsonb_to_recordset(${rows}::jsonb)
      AS r(id bigint, product_id bigint, title text, sku text, price numeric, image_url text)
    ON CONFLICT (shop_id, id) DO UPDATE SET
      product_id = excluded.product_id, title = excluded.title, sku = excluded.sku, price = excluded.price,
      image_url = excluded.image_url
    WHERE (v.product_id, v.title, v.sku, v.price, v.image_url)
      IS DISTINCT FROM (excluded.product_id, excluded.title, excluded.sku, excluded.price, excluded.image_url)`;
}

function variantRows(facts: ProductFact[]): string {
  const rows = facts.flatMap((fact) =>
    fact.variants.map((variant) => ({
      id: variant.id.toString(),
      product_id: fact.id.toString(),
      title: variant.title,
      sku: variant.sku,
      price: variant.price,
      image_url: variant.imageUrl,
    })),
  );
  return JSON.stringify(rows);
}

/**
 * Only the import tells costs, so a webhook never takes one away. A cost may change without the product changing: a fact
 * as new as what is stored sets it, an older one only fills it in.
 */
async function storeCosts(tx: Tx, input: { shopId: number; facts: ProductFact[] }): Promise<void> {
  const rows = input.facts.flatMap(({ variants, updatedAt }) =>
    variants.flatMap(({ id, unitCost }) =>
      unitCost == null ? [] : [{ id: id.toString(), unit_cost: unitCost, told_at: updatedAt }],
    ),
  );
  if (rows.length === 0) return;
  await tx.$executeRaw`
    UPDATE product_variants v SET unit_cost = r.unit_cost
    FROM (
      SELECT DISTINCT ON (id) * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS r(id bigint, unit_cost numeric, told_at timestamptz)
      ORDER BY id, told_at DESC, unit_cost DESC
    ) r, products p
    WHERE v.shop_id = ${input.shopId} AND v.id = r.id AND p.shop_id = v.shop_id AND p.id = v.product_id
      AND v.unit_cost IS DISTINCT FROM r.unit_cost AND (v.unit_cost IS NULL OR r.told_at >= p.shopify_updated_at)`;
}

/**
 * Only the import tells collections, so a webhook never takes one away, and they may change without the product changing:
 * as with costs, a fact as new as what is stored sets them, an older one only fills them in.
 */
async function storeCollections(
  tx: Tx,
  input: { shopId: number; facts: ProductFact[]; now: Date },
): Promise<void> {
  const { shopId, now } = input;
  const told = input.facts.flatMap(({ id, updatedAt, collections }) =>
    collections === undefined ? [] : [{ id, updatedAt, collections }],
  );
  if (told.length === 0) return;
  const all = new Map(
    told.flatMap(({ collections }) => collections.map((one) => [`${one.id}:${one.title}`, one])),
  );
  await applyCollectionFacts(tx, { shopId, facts: [...all.values()], now });
  const rows = told.map(({ id, updatedAt, collections }) => ({
    id: id.toString(),
    told_at: updatedAt,
    ids: collections.map((one) => one.id.toString()).sort(),
  }));
  await tx.$executeRaw`
    UPDATE products p SET collection_ids = r.ids
    FROM (
      SELECT DISTINCT ON (id) id, told_at, ids FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS t(id bigint, told_at timestamptz, ids bigint[])
      ORDER BY id, told_at DESC, ids DESC
    ) r
    WHERE p.shop_id = ${shopId} AND p.id = r.id AND p.id = ANY (${told.map(({ id }) => id)}::bigint[])
      AND p.collection_ids IS DISTINCT FROM r.ids AND (p.collection_ids IS NULL OR r.told_at >= p.shopify_updated_at)`;
}

/**
 * A deletion names nothing but the product; told before the product itself it leaves a row that stays deleted. No import will
 * tell its collections any more: those that are not known by now are none.
 */
async function markDeleted(tx: Tx, input: { shopId: number; facts: ProductFact[] }): Promise<void> {
  if (input.facts.length === 0) return;
  const rows = input.facts.map(({ id, updatedAt }) => ({ id: id.toString(), deleted_at: updatedAt }));
  await tx.$executeRaw`
    INSERT INTO products AS p (shop_id, id, title, status, shopify_updated_at, deleted_at, collection_ids)
    SELECT ${input.shopId}, r.id, '', 'deleted', to_timestamp(0), min(r.deleted_at), '{}'
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(id bigint, deleted_at timestamptz) GROUP BY r.id
    ON CONFLICT (shop_id, id) DO UPDATE SET deleted_at = least(p.deleted_at, excluded.deleted_at),
      collection_ids = coalesce(p.collection_ids, '{}')
    WHERE p.deleted_at IS NULL OR p.deleted_at > excluded.deleted_at`;
}

async function fillCosts(tx: Tx, input: { shopId: number; facts: ProductFact[] }): Promise<bigint[]> {
  const variantIds = input.facts.flatMap(({ variants }) =>
    variants.filter(({ unitCost }) => unitCost != null).map(({ id }) => id),
  );
  if (variantIds.length === 0) return [];
  const filled = await tx.$queryRaw<{ order_id: bigint }[]>`
    UPDATE order_lines l SET unit_cost = v.unit_cost
    FROM product_variants v
    WHERE v.shop_id = ${input.shopId} AND v.id = ANY(${variantIds}::bigint[]) AND v.unit_cost IS NOT NULL
      AND l.shop_id = v.shop_id AND l.variant_id = v.id AND l.unit_cost IS NULL
    RETURNING l.order_id`;
  return [...new Set(filled.map(({ order_id }) => order_id))];
}
