import { beforeEach, describe, expect, it } from 'vitest';
import { drainInbox } from '~/ingest/drain.server';
import { ensureEarnRule, getBalance } from '~/modules/loyalty/index.server';
import { activateShop, ensureShop } from '~/modules/shops/index.server';
import { pool, prisma, withShop } from '~/platform/db/index.server';
import { createDeliveries, inboxRows, type DeliveryInput } from '../../factories/deliveries';
import { consentPayload, customerPayload, mergePayload } from '../../factories/payloads/customer';
import { cartPayload, checkoutPayload } from '../../factories/payloads/checkout';
import { fulfillmentPayload, orderPayload, refundPayload } from '../../factories/payloads/order';
import { productPayload } from '../../factories/payloads/product';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();
const installedAt = new Date('2026-04-01T00:00:00Z');
let domain = '';
let shopId = 0;
let shops = 0;

async function createShop(name: string): Promise<number> {
  const { id } = await ensureShop(prisma(), { domain: name, now: installedAt });
  await withShop(id, async (tx) => {
    await ensureEarnRule(tx, { shopId: id, now: installedAt });
    await activateShop(tx, { shopId: id, now: installedAt });
  });
  return id;
}

beforeEach(async () => {
  shops += 1;
  domain = `shop${shops}.myshopify.com`;
  shopId = await createShop(domain);
});

/** Lets these deliveries come to the shop, all at once or one after the other. */
async function deliver(inputs: DeliveryInput[], options: { oneByOne?: boolean } = {}): Promise<void> {
  const here = inputs.map((input) => ({ shopDomain: domain, ...input }));
  for (const group of options.oneByOne ? here.map((input) => [input]) : [here]) {
    await createDeliveries(group);
    await drainInbox(domain);
  }
  const rows = await inboxRows(domain);
  expect(rows.filter(({ status }) => status !== 'done')).toEqual([]);
}

const points = async (customerId: bigint) => {
  const profile = await prisma().profile.findFirstOrThrow({
    where: { shopId, shopifyCustomerId: customerId },
  });
  return (await withShop(shopId, (tx) => getBalance(tx, { shopId, profileId: profile.id }))).points;
};

const paid = { topic: 'orders/create', payload: orderPayload({ id: '5001', total: '50.00' }) };
const refunded = {
  topic: 'orders/updated',
  payload: orderPayload({
    id: '5001',
    total: '50.00',
    updatedAt: '2026-05-03T12:00:00+02:00',
    overrides: {
      financial_status: 'partially_refunded',
      refunds: [refundPayload({ id: '9001', orderId: '5001', subtotal: '20.00' })],
    },
  }),
};
const refund = {
  topic: 'refunds/create',
  payload: refundPayload({ id: '9001', orderId: '5001', subtotal: '20.00' }),
};
const fulfilled = { topic: 'fulfillments/create', payload: fulfillmentPayload({ id: '1', orderId: '5001' }) };
const customer = { topic: 'customers/create', payload: customerPayload() };
const consent = { topic: 'customers_email_marketing_consent/update', payload: consentPayload() };
const story = [
  customer,
  consent,
  { topic: 'products/create', payload: productPayload() },
  { topic: 'carts/create', payload: cartPayload() },
  { topic: 'checkouts/create', payload: checkoutPayload() },
  paid,
  fulfilled,
  refund,
  refunded,
];

describe('a story told by webhooks', () => {
  const end = async () => ({
    profiles: await prisma().profile.count({ where: { shopId, mergedIntoId: null } }),
    orders: (await prisma().order.findMany({ where: { shopId } })).map(
      ({ id, financialStatus, refundedTotal }) => [id, financialStatus, refundedTotal.toFixed(2)],
    ),
    refunds: await prisma().refund.count({ where: { shopId } }),
    fulfillments: await prisma().fulfillment.count({ where: { shopId } }),
    consent: (await prisma().consent.findFirst({ where: { shopId } }))?.state,
    products: await prisma().product.count({ where: { shopId } }),
    carts: await prisma().cart.count({ where: { shopId } }),
    points: await points(7001n),
  });
  const expected = {
    profiles: 1,
    orders: [[5001n, 'partially_refunded', '20.00']],
    refunds: 1,
    fulfillments: 1,
    consent: 'subscribed',
    products: 1,
    carts: 2,
    points: 30,
  };

  it.each<[string, DeliveryInput[], { oneByOne?: boolean }]>([
    ['in order, all at once', story, {}],
    ['in order, one by one', story, { oneByOne: true }],
    ['backwards, one by one', story.toReversed(), { oneByOne: true }],
    ['everything twice', [...story, ...story], {}],
    ['everything twice, backwards', [...story, ...story].reverse(), { oneByOne: true }],
    ['with a stale copy at the end', [...story, { ...paid, topic: 'orders/paid' }], { oneByOne: true }],
    ['the refund before its order', [customer, refund, ...story], { oneByOne: true }],
  ])('ends the same %s', async (_name, deliveries, options) => {
    await deliver(deliveries, options);
    expect(await end()).toEqual(expected);
  });
});

describe('deliveries of all kinds', () => {
  it('may name nobody', async () => {
    await deliver([
      { topic: 'orders/create', payload: orderPayload({ id: '6001', customerId: null, email: null }) },
      { topic: 'checkouts/create', payload: checkoutPayload({ email: null }) },
    ]);
    expect(await prisma().profile.count({ where: { shopId } })).toBe(0);
    expect(await prisma().order.findFirstOrThrow({ where: { shopId } })).toMatchObject({
      profileId: null,
      email: null,
    });
  });

  it('keep ids above 2^53 digit by digit', async () => {
    const id = '820982911946154508';
    const body = JSON.stringify(orderPayload({ id })).replaceAll(String(Number(id)), id);
    await deliver([{ topic: 'orders/create', payload: body }]);
    expect((await prisma().order.findFirstOrThrow({ where: { shopId } })).id).toBe(820982911946154508n);
  });

  it('store text that a database could stumble over', async () => {
    const body = JSON.stringify(customerPayload({ firstName: 'A@@B' })).replace(
      '@@',
      String.raw`\u0000\ud83d`,
    );
    await deliver([
      { topic: 'customers/create', payload: body },
      {
        topic: 'orders/create',
        payload: orderPayload({ overrides: { tags: `o'brien "quoted" \\ 100%`, name: '#5001 😀' } }),
      },
    ]);
    expect((await prisma().profile.findFirstOrThrow({ where: { shopId } })).firstName).toBe('A\ufffdB');
    expect((await prisma().order.findFirstOrThrow({ where: { shopId } })).name).toBe('#5001 😀');
  });

  it('merge customers and their points', async () => {
    await deliver(
      [
        customer,
        { topic: 'customers/create', payload: customerPayload({ id: '7002', email: 'anna.b@example.com' }) },
        paid,
        { topic: 'customers/merge', payload: mergePayload({ kept: '7002', deleted: '7001' }) },
      ],
      { oneByOne: true },
    );
    expect(await prisma().profile.count({ where: { shopId, mergedIntoId: null } })).toBe(1);
    expect(await points(7002n)).toBe(50);
  });

  it('delete what Shopify deleted', async () => {
    await deliver(
      [
        paid,
        { topic: 'orders/delete', payload: { id: 5001 } },
        { topic: 'products/create', payload: productPayload() },
        { topic: 'products/delete', payload: { id: 301 } },
      ],
      { oneByOne: true },
    );
    expect((await prisma().order.findFirstOrThrow({ where: { shopId } })).deletedAt).not.toBeNull();
    expect((await prisma().product.findFirstOrThrow({ where: { shopId } })).deletedAt).not.toBeNull();
    expect(await points(7001n)).toBe(0);
  });

  it('end a shop`s life: uninstalled, told twice', async () => {
    await deliver([
      { topic: 'app/uninstalled', payload: {} },
      { topic: 'app/uninstalled', payload: {} },
    ]);
    expect((await prisma().shop.findUniqueOrThrow({ where: { id: shopId } })).status).toBe('uninstalled');
  });
});

describe('a poisonous order among 200', () => {
  it('stands alone; the other 199 have their points', async () => {
    const orders = Array.from({ length: 200 }, (_, index) => ({
      topic: 'orders/create',
      shopDomain: domain,
      payload: orderPayload({
        id: String(10_000 + index),
        customerId: String(20_000 + index),
        email: `p${index}@example.com`,
        total: index === 77 ? '99999999999999999999.00' : '10.00',
      }),
    }));
    await createDeliveries(orders);
    expect(await drainInbox(domain)).toEqual({ processed: 200 });
    const rows = await inboxRows(domain);
    expect(rows.filter(({ status }) => status === 'done')).toHaveLength(199);
    expect(rows[77]).toMatchObject({ status: 'pending', attempts: 1 });
    const { rows: sums } = await pool().query<{ n: number }>(
      "SELECT sum(balance)::int AS n FROM ledger_accounts WHERE shop_id = $1 AND kind = 'points'",
      [shopId],
    );
    expect(sums[0]?.n).toBe(1_990);
  });
});

describe('two shops', () => {
  it('with the same ids stay apart', async () => {
    const other = `other${shops}.myshopify.com`;
    const otherId = await createShop(other);
    await createDeliveries([
      { ...paid, shopDomain: domain },
      { ...paid, shopDomain: other },
      { ...refunded, shopDomain: other },
    ]);
    await Promise.all([drainInbox(domain), drainInbox(other)]);
    expect(await points(7001n)).toBe(50);
    const amounts = await prisma().order.findMany({
      where: { shopId: { in: [shopId, otherId] } },
      orderBy: { shopId: 'asc' },
    });
    expect(amounts.map(({ refundedTotal }) => refundedTotal.toFixed(2))).toEqual(['0.00', '20.00']);
  });
});
