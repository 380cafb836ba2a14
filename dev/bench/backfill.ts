import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, openAsBlob } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { advanceBackfill } from '~/ingest/backfill.server';
import { pool } from '~/platform/db/index.server';
import type { ShopifyClient } from '~/platform/shopify/index.server';
import type { Bench } from './figure';
import { installShop } from './install-shop';
import { measureProcessor, processorNote } from './processor';

const budget = { atLeast: 5_000 };
const ordersPerSecond = 3_500; // how many are made, not how fast they are taken in
const linesPerOrder = 2;

/** Orders a second from the file of a bulk operation to their last effect, into a new shop that has its customers already. */
export const benchBackfill: Bench = async ({ seconds }) => {
  const orders = seconds * ordersPerSecond;
  const customers = Math.round(orders * 0.6);
  const shopId = await installShop('warm-up.myshopify.com', new Date('2026-05-01T00:00:00Z'));
  await takeIn(shopId, 'customers', customerNodes(1_000));
  await takeIn(shopId, 'orders', orderNodes(2_000, 1_000));
  await pool().query('ANALYZE');

  const newShop = await installShop('import.myshopify.com', new Date('2026-05-01T00:00:00Z'));
  const people = await takeIn(newShop, 'customers', customerNodes(customers));
  const taken = await takeIn(newShop, 'orders', orderNodes(orders, customers));
  const { rows } = await pool().query<{ orders: number; lines: number; buyers: number }>(
    `SELECT (SELECT count(*)::int FROM orders WHERE shop_id = $1 AND net_revenue > 0) AS orders,
            (SELECT count(*)::int FROM order_lines WHERE shop_id = $1) AS lines,
            (SELECT count(*)::int FROM profile_traits WHERE shop_id = $1 AND orders_count > 0) AS buyers`,
    [newShop],
  );
  const [stored] = rows;
  if (stored?.orders !== orders || stored.lines !== orders * linesPerOrder || stored.buyers !== customers)
    throw new Error(`the import is not complete: ${JSON.stringify(stored)}`);
  return [
    { name: 'backfill, orders', value: taken.perSecond, unit: 'orders/s', budget, note: taken.note },
    { name: 'backfill, customers', value: people.perSecond, unit: 'customers/s', note: people.note },
  ];
};

/** Takes in one result as if its bulk operation had just finished. */
async function takeIn(
  shopId: number,
  kind: 'customers' | 'orders',
  nodes: Generator<object>,
): Promise<{ perSecond: number; note: string }> {
  const { file, count } = await writeResult(nodes);
  await pool().query(
    `INSERT INTO backfill_runs (shop_id, kind, reason, status, result_url, started_at)
     VALUES ($1, $2, 'install', 'ingesting', 'https://bench.example/result.jsonl', $3)`,
    [shopId, kind, new Date()],
  );
  const start = performance.now();
  const processor = await measureProcessor(() =>
    advanceBackfill(shopId, {
      client: () => silentClient,
      download: async () => new Response(await openAsBlob(file)),
    }),
  );
  const seconds = (performance.now() - start) / 1_000;
  await rm(file);
  const { rows } = await pool().query<{ status: string; error: string | null }>(
    'SELECT status, error FROM backfill_runs WHERE shop_id = $1 AND kind = $2',
    [shopId, kind],
  );
  if (rows[0]?.status !== 'done' || rows[0].error !== null)
    throw new Error(`${kind}: ${JSON.stringify(rows)}`);
  return { perSecond: count / seconds, note: processorNote(processor, count) };
}

/** Results without refunds leave nothing to ask Shopify. */
const silentClient: ShopifyClient = {
  request: (operation) => Promise.reject(new Error(`Shopify was asked for ${operation.name}`)),
};

/** On disk, as it comes from the network: held in memory it would weigh on what is measured. */
async function writeResult(nodes: Generator<object>): Promise<{ file: string; count: number }> {
  const file = path.join(tmpdir(), `perennial-bench-${randomUUID()}.jsonl`);
  const out = createWriteStream(file);
  let count = 0;
  for (const node of nodes) {
    if (!('__parentId' in node)) count += 1;
    if (!out.write(`${JSON.stringify(node)}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
  return { file, count };
}

function* customerNodes(count: number): Generator<object> {
  for (let index = 0; index < count; index += 1) {
    yield {
      id: `gid://shopify/Customer/${7_000_000_000_000 + index}`,
      firstName: 'Kim',
      lastName: `Berg ${index}`,
      locale: 'de',
      tags: index % 7 === 0 ? ['vip'] : [],
      createdAt: momentOf(index),
      updatedAt: momentOf(index),
      defaultEmailAddress: {
        emailAddress: `person${index}@mail.example`,
        marketingState: 'SUBSCRIBED',
        marketingOptInLevel: 'SINGLE_OPT_IN',
        marketingUpdatedAt: momentOf(index),
      },
      defaultPhoneNumber: null,
      defaultAddress: { countryCodeV2: 'DE', city: 'Berlin' },
    };
  }
}

function* orderNodes(count: number, customers: number): Generator<object> {
  for (let index = 0; index < count; index += 1) {
    const id = `gid://shopify/Order/${5_000_000_000_000 + index}`;
    yield orderNode(id, index, index % customers);
    yield shippingNode(id, index);
    yield* lineNodes(id, index);
  }
}

const money = (amount: string) => ({ shopMoney: { amount } });

function orderNode(id: string, index: number, customer: number): object {
  return {
    id,
    name: `#${1_000 + index}`,
    email: `person${customer}@mail.example`,
    phone: null,
    createdAt: momentOf(index),
    processedAt: momentOf(index),
    updatedAt: momentOf(index),
    cancelledAt: null,
    cancelReason: null,
    discountCodes: [],
    landingPageUrl: '/products/linen-shirt?utm_source=mail',
    customAttributes: [],
    checkoutToken: `checkout-${index}`,
    cartToken: `cart-${index}`,
    currencyCode: 'EUR',
    presentmentCurrencyCode: 'EUR',
    customerLocale: 'de-DE',
    sourceName: 'web',
    tags: [],
    test: false,
    taxesIncluded: true,
    displayFinancialStatus: 'PAID',
    displayFulfillmentStatus: 'FULFILLED',
    totalPriceSet: { shopMoney: { amount: '152.90' }, presentmentMoney: { amount: '152.90' } },
    totalTaxSet: money('24.41'),
    totalDiscountsSet: money('0.0'),
    customer: {
      id: `gid://shopify/Customer/${7_000_000_000_000 + customer}`,
      firstName: 'Kim',
      lastName: `Berg ${customer}`,
      defaultEmailAddress: { emailAddress: `person${customer}@mail.example` },
      defaultPhoneNumber: null,
    },
    shippingAddress: {
      firstName: 'Kim',
      lastName: `Berg ${customer}`,
      address1: `Lindenweg ${customer}`,
      address2: null,
      zip: '10115',
      city: 'Berlin',
      countryCodeV2: 'DE',
    },
    refunds: [],
  };
}

function shippingNode(orderId: string, index: number): object {
  return {
    id: `gid://shopify/ShippingLine/${4_000_000_000_000 + index}`,
    discountedPriceSet: money('4.90'),
    __parentId: orderId,
  };
}

function lineNodes(orderId: string, index: number): object[] {
  return Array.from({ length: linesPerOrder }, (_, line) => ({
    id: `gid://shopify/LineItem/${9_000_000_000_000 + index * linesPerOrder + line}`,
    title: line === 0 ? 'Linen shirt "Ågren"' : 'Canvas tote',
    sku: `SKU-${line}`,
    quantity: 1,
    currentQuantity: 1,
    isGiftCard: false,
    originalUnitPriceSet: money('74.00'),
    discountAllocations: [],
    taxLines: [{ priceSet: money('11.81') }],
    product: { id: `gid://shopify/Product/${300 + line}` },
    variant: { id: `gid://shopify/ProductVariant/${400 + line}` },
    __parentId: orderId,
  }));
}

/** Over the year before the install. */
function momentOf(index: number): string {
  return new Date(Date.UTC(2026, 3, 30) - (index % 360) * 24 * 3_600_000 - index * 1_000).toISOString();
}
