import type { Tx } from '~/platform/db/index.server';
import type { OrderChange } from './order-changes.server';
import { computeLineNet, computeShippingNet } from './line-net';
import { keyedHash } from '~/platform/crypto.server';
import { sum } from '~/platform/money';

/** Writes the newest facts where they are newer than what is stored. Returns which orders are new and which changed. */
export async function storeOrders(
  tx: Tx,
  input: { shopId: number; changes: OrderChange[] },
): Promise<{ created: Set<bigint>; changed: Set<bigint> }> {
  const rows = await tx.$queryRaw<{ id: bigint; is_new: boolean }[]>`
    INSERT INTO orders AS o
      (shop_id, id, name, profile_id, shopify_customer_id, email, phone, checkout_token, cart_token, currency,
       presentment_currency, presentment_total, subtotal, discounts, shipping, tax, taxes_included, total,
       financial_status, fulfillment_status, test, source_name, locale, tags, processed_at, shopify_updated_at,
       fact_version, paid_seen_at, unpaid_seen, cancelled_at, cancel_reason, historic, click_token, address_hash, deleted_at)
    SELECT ${input.shopId}, r.*, d.deleted_at FROM jsonb_to_recordset(${orderRows(input)}::jsonb) AS r(
      id bigint, name text, profile_id bigint, shopify_customer_id bigint, email text, phone text,
      checkout_token text, cart_token text, currency text, presentment_currency text, presentment_total numeric,
      subtotal numeric, discounts numeric, shipping numeric, tax numeric, taxes_included boolean, total numeric,
      financial_status text, fulfillment_status text, test boolean, source_name text, locale text, tags text[],
      processed_at timestamptz, shopify_updated_at timestamptz, fact_version text, paid_seen_at timestamptz,
      unpaid_seen boolean, cancelled_at timestamptz, cancel_reason text, historic boolean, click_token text, address_hash text)
    LEFT JOIN order_deletions d ON d.shop_id = ${input.shopId} AND d.order_id = r.id
    ORDER BY r.id
    ON CONFLICT (shop_id, id) DO UPDATE SET
      name = excluded.name, profile_id = excluded.profile_id, shopify_customer_id = excluded.shopify_customer_id,
      email = excluded.email, phone = excluded.phone, checkout_token = excluded.checkout_token,
      cart_token = excluded.cart_token, currency = excluded.currency,
      presentment_currency = excluded.presentment_currency, presentment_total = excluded.presentment_total,
      subtotal = excluded.subtotal, discounts = excluded.discounts, shipping = excluded.shipping, tax = excluded.tax,
      taxes_included = excluded.taxes_included, total = excluded.total, financial_status = excluded.financial_status,
      fulfillment_status = excluded.fulfillment_status, test = excluded.test, source_name = excluded.source_name,
      locale = excluded.locale, tags = excluded.tags, processed_at = excluded.processed_at,
      shopify_updated_at = excluded.shopify_updated_at, fact_version = excluded.fact_version,
      cancelled_at = excluded.cancelled_at, cancel_reason = excluded.cancel_reason,
      address_hash = excluded.address_hash
    WHERE (excluded.shopify_updated_at, excluded.fact_version COLLATE "C") > (o.shopify_updated_at, o.fact_version COLLATE "C")
    RETURNING id, (xmax = 0) AS is_new`;
  return {
    created: new Set(rows.filter(({ is_new }) => is_new).map(({ id }) => id)),
    changed: new Set(rows.filter(({ is_new }) => !is_new).map(({ id }) => id)),
  };
}

function orderRows({ shopId, changes }: { shopId: number; changes: OrderChange[] }): string {
  const rows = changes.map(({ fact, profileId, version, paidSeenAt, unpaidSeen, historic, isForgotten }) => ({
    id: fact.id.toString(),
    name: fact.name,
    profile_id: profileId?.toString() ?? null,
    shopify_customer_id: isForgotten ? null : (fact.person?.shopifyCustomerId?.toString() ?? null),
    email: isForgotten ? null : (fact.person?.email ?? fact.email),
    phone: isForgotten ? null : (fact.person?.phone ?? fact.phone),
    checkout_token: fact.checkoutToken,
    cart_token: fact.cartToken,
    currency: fact.currency,
    presentment_currency: fact.presentmentCurrency,
    presentment_total: fact.presentmentTotal,
    subtotal: sum(fact.lines.map((line) => computeLineNet(line, fact.taxesIncluded))),
    discounts: fact.discounts,
    shipping: computeShippingNet(fact),
    tax: fact.tax,
    taxes_included: fact.taxesIncluded,
    total: fact.total,
    financial_status: fact.financialStatus,
    fulfillment_status: fact.fulfillmentStatus,
    test: fact.test,
    source_name: fact.sourceName,
    locale: isForgotten ? null : fact.locale,
    tags: isForgotten ? [] : fact.tags.toSorted(), // free text
    processed_at: fact.processedAt,
    shopify_updated_at: fact.updatedAt,
    fact_version: version,
    paid_seen_at: paidSeenAt,
    unpaid_seen: unpaidSeen,
    cancelled_at: fact.cancelledAt,
    cancel_reason: fact.cancelReason,
    historic,
    click_token: fact.clickToken ?? null,
    address_hash: fact.addressKey && !isForgotten ? keyedHash(`address:${shopId}:${fact.addressKey}`) : null,
  }));
  return JSON.stringify(rows);
}

/**
 * What even an older fact adds: when it was first seen paid, whether it was ever seen unpaid, whether an import told it,
 * and which click it began with: an import doesn't know, and must not make it forgotten.
 * Returns the orders for which something was new.
 */
export async function rememberSightings(
  tx: Tx,
  input: { shopId: number; changes: OrderChange[] },
): Promise<bigint[]> {
  const rows = input.changes.map(({ fact, paidSeenAt, unpaidSeen, historic }) => ({
    id: fact.id.toString(),
    paid_seen_at: paidSeenAt,
    unpaid_seen: unpaidSeen,
    historic,
    click_token: fact.clickToken ?? null,
  }));
  const changed = await tx.$queryRaw<{ id: bigint }[]>`
    UPDATE orders o SET
      paid_seen_at = least(o.paid_seen_at, r.paid_seen_at),
      unpaid_seen = o.unpaid_seen OR r.unpaid_seen,
      historic = o.historic OR r.historic,
      click_token = least(o.click_token COLLATE "C", r.click_token COLLATE "C")
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r(id bigint, paid_seen_at timestamptz, unpaid_seen boolean, historic boolean, click_token text)
    WHERE o.shop_id = ${input.shopId} AND o.id = r.id
      AND (r.paid_seen_at < coalesce(o.paid_seen_at, 'infinity') OR r.unpaid_seen > o.unpaid_seen OR r.historic > o.historic
        OR r.click_token COLLATE "C" < o.click_token OR (o.click_token IS NULL AND r.click_token IS NOT NULL))
    RETURNING o.id`;
  return changed.map(({ id }) => id);
}

/** Lines and discount codes of orders that were written: those no longer named go, costs once known stay. */
export async function storeLines(
  tx: Tx,
  input: { shopId: number; created: OrderChange[]; changed: OrderChange[] },
): Promise<void> {
  const { shopId, created, changed } = input;
  const lines = lineRows([...created, ...changed]);
  const discounts = discountRows([...created, ...changed]);
  if (changed.length > 0) {
    const ids = changed.map(({ fact }) => fact.id);
    await tx.$executeRaw`
      DELETE FROM order_lines l WHERE l.shop_id = ${shopId} AND l.order_id = ANY(${ids}::bigint[])
        AND NOT EXISTS (SELECT 1 FROM jsonb_to_recordset(${lines}::jsonb) AS r(order_id bigint, id bigint)
                        WHERE r.order_id = l.order_id AND r.id = l.id)`;
    await tx.$executeRaw`
      DELETE FROM order_discounts d WHERE d.shop_id = ${shopId} AND d.order_id = ANY(${ids}::bigint[])
        AND NOT EXISTS (SELECT 1 FROM jsonb_to_recordset(${discounts}::jsonb) AS r(order_id bigint, code text)
                        WHERE r.order_id = d.order_id AND r.code = d.code)`;
  }
  await tx.$executeRaw`
    INSERT INTO order_lines AS l
      (shop_id, order_id, id, product_id, variant_id, title, sku, quantity, current_quantity, price, discount, tax, net,
       is_gift_card, unit_cost)
    SELECT ${shopId}, r.order_id, r.id, r.product_id, r.variant_id, r.title, r.sku, r.quantity, r.current_quantity,
           r.price, r.discount, r.tax, r.net, r.is_gift_card, coalesce(r.unit_cost, v.unit_cost)
    FROM jsonb_to_recordset(${lines}::jsonb) AS r(
      order_id bigint, id bigint, product_id bigint, variant_id bigint, title text, sku text, quantity int,
      current_quantity int, price numeric, discount numeric, tax numeric, net numeric, is_gift_card boolean,
      unit_cost numeric)
    LEFT JOIN product_variants v ON v.shop_id = ${shopId} AND v.id = r.variant_id
    ON CONFLICT (shop_id, order_id, id) DO UPDATE SET
      product_id = excluded.product_id, variant_id = excluded.variant_id, title = excluded.title, sku = excluded.sku,
      quantity = excluded.quantity, current_quantity = excluded.current_quantity, price = excluded.price,
      discount = excluded.discount, tax = excluded.tax, net = excluded.net, is_gift_card = excluded.is_gift_card,
      unit_cost = coalesce(l.unit_cost, excluded.unit_cost)
    WHERE (l.product_id, l.variant_id, l.title, l.sku, l.quantity, l.current_quantity, l.price, l.discount, l.tax, l.net,
           l.is_gift_card)
      IS DISTINCT FROM
          (excluded.product_id, excluded.variant_id, excluded.title, excluded.sku, excluded.quantity,
           excluded.current_quantity, excluded.price, excluded.discount, excluded.tax, excluded.net, excluded.is_gift_card)
       OR (l.unit_cost IS NULL AND excluded.unit_cost IS NOT NULL)`;
  if (discounts === '[]') return;
  await tx.$executeRaw`
    INSERT INTO order_discounts AS d (shop_id, order_id, code, kind, amount)
    SELECT ${shopId}, r.* FROM jsonb_to_recordset(${discounts}::jsonb)
      AS r(order_id bigint, code text, kind text, amount numeric)
    ON CONFLICT (shop_id, order_id, code) DO UPDATE SET kind = excluded.kind, amount = excluded.amount
    WHERE (d.kind, d.amount) IS DISTINCT FROM (excluded.kind, excluded.amount)`;
}

function lineRows(changes: OrderChange[]): string {
  const rows = changes.flatMap(({ fact }) => {
    const lines = new Map(fact.lines.map((line) => [line.id, line]));
    return [...lines.values()].map((line) => ({
      order_id: fact.id.toString(),
      id: line.id.toString(),
      product_id: line.productId?.toString() ?? null,
      variant_id: line.variantId?.toString() ?? null,
      title: line.title,
      sku: line.sku,
      quantity: line.quantity,
      current_quantity: line.currentQuantity,
      price: line.price,
      discount: line.discount,
      tax: line.tax,
      net: computeLineNet(line, fact.taxesIncluded),
      is_gift_card: line.isGiftCard,
      unit_cost: line.unitCost ?? null,
    }));
  });
  return JSON.stringify(rows);
}

function discountRows(changes: OrderChange[]): string {
  const rows = changes.flatMap(({ fact }) => {
    const codes = new Map(fact.discountCodes.map((discount) => [discount.code, discount]));
    return [...codes.values()].map((discount) => ({ order_id: fact.id.toString(), ...discount }));
  });
  return JSON.stringify(rows);
}

/** An import knows what lines cost even when what it says of their order is old news. Returns the orders it filled in. */
export async function storeToldCosts(
  tx: Tx,
  input: { shopId: number; changes: OrderChange[] },
): Promise<bigint[]> {
  const rows = input.changes.flatMap(({ fact, unitCosts }) =>
    [...unitCosts].map(([id, cost]) => ({ order_id: fact.id.toString(), id: id.toString(), cost })),
  );
  if (rows.length === 0) return [];
  const filled = await tx.$queryRaw<{ order_id: bigint }[]>`
    UPDATE order_lines l SET unit_cost = r.cost
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(order_id bigint, id bigint, cost numeric)
    WHERE l.shop_id = ${input.shopId} AND l.order_id = r.order_id AND l.id = r.id AND l.unit_cost IS NULL
    RETURNING l.order_id`;
  return filled.map(({ order_id }) => order_id);
}
