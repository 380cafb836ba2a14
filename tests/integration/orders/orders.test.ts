import { describe, expect, it } from 'vitest';
import {
  applyOrderFacts,
  applyProductFacts,
  applyRefundFacts,
  listOrderMoney,
} from '~/modules/orders/index.server';
import type { OrderFact } from '~/modules/orders/types';
import { prisma, withShop } from '~/platform/db/index.server';
import {
  customerFact,
  guest,
  minute,
  orderFact,
  orderLine,
  person,
  productFact,
  refundFact,
} from '../../factories/facts';
import { arrive, createShop, type Facts } from '../../factories/records';
import { dumpShop } from '../../factories/shop-dump';
import { permutations } from '../../factories/permutations';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

const now = minute(600);

async function figures(
  shopId: number,
  id = 1n,
): Promise<{ netRevenue: number; cost: number; grossProfit: number; refundedTotal: number }> {
  const order = await prisma().order.findUniqueOrThrow({ where: { shopId_id: { shopId, id } } });
  return {
    netRevenue: Number(order.netRevenue),
    cost: Number(order.cost),
    grossProfit: Number(order.grossProfit),
    refundedTotal: Number(order.refundedTotal),
  };
}

const ferns = productFact(10n, {
  variants: [{ id: 100n, title: 'Small', sku: 'FERN', price: '50.00', imageUrl: null, unitCost: '20.00' }],
});

// The worked examples of app/modules/orders/README.md.
describe('net revenue and gross profit', () => {
  const threeFerns = orderFact(1n, {
    person: guest('ada@example.com'),
    lines: [orderLine({ quantity: 3, price: '50.00', discount: '15.00', tax: '25.65' })],
    shipping: '4.90',
    tax: '25.65',
    total: '165.55',
  });

  it('A: three ferns at 50.00, 15.00 off, cost 20.00 each: 135.00, of which 75.00 profit', async () => {
    const shopId = await createShop();
    await arrive(shopId, { products: [ferns], orders: [threeFerns] });
    expect(await figures(shopId)).toEqual({ netRevenue: 135, cost: 60, grossProfit: 75, refundedTotal: 0 });
  });

  it('B: one comes back: 90.00, two are kept, 50.00 profit; 53.55 went back', async () => {
    const shopId = await createShop();
    const refund = refundFact(9n, 1n, {
      lines: [{ id: 1n, orderLineId: 1n, quantity: 1, subtotal: '45.00', tax: '8.55' }],
      tax: '8.55',
    });
    await arrive(shopId, { products: [ferns], orders: [threeFerns], refunds: [refund] });
    expect(await figures(shopId)).toEqual({
      netRevenue: 90,
      cost: 40,
      grossProfit: 50,
      refundedTotal: 53.55,
    });
  });

  it('C: where prices contain tax it is taken out, of what comes back too', async () => {
    const shopId = await createShop();
    const order = orderFact(1n, {
      taxesIncluded: true,
      lines: [orderLine({ quantity: 2, price: '59.50', tax: '19.00' })],
      shipping: '11.90',
      tax: '20.90',
      total: '130.90',
    });
    const refund = refundFact(9n, 1n, {
      lines: [{ id: 1n, orderLineId: 1n, quantity: 1, subtotal: '59.50', tax: '9.50' }],
      tax: '9.50',
    });
    await arrive(shopId, { refunds: [refund], products: [ferns], orders: [order] });
    expect(await figures(shopId)).toEqual({ netRevenue: 50, cost: 20, grossProfit: 30, refundedTotal: 59.5 });
    const [money] = await withShop(shopId, (tx) => listOrderMoney(tx, { shopId, orderIds: [1n] }));
    expect([money!.goods, money!.shipping, money!.tax].map(Number)).toEqual([100, 10, 20.9]);
    expect(money!.refunds.map((each) => [each.goods, each.tax].map(Number))).toEqual([[50, 9.5]]);
  });

  it('cents of tax that rounding made are not left over when everything comes back', async () => {
    const shopId = await createShop();
    const lines = [1n, 2n].map((id) => orderLine({ id, price: '9.99', tax: '1.59' }));
    const order = orderFact(1n, {
      person: guest('ada@example.com'),
      taxesIncluded: true,
      lines,
      tax: '3.19', // of the whole order: 19.98 / 1.19 x 0.19; of its lines 3.18
      shipping: '0',
      total: '19.98',
    });
    const back = refundFact(1n, 1n, {
      lines: lines.map(({ id }) => ({ id, orderLineId: id, quantity: 1, subtotal: '9.99', tax: '1.59' })),
      tax: '3.18',
    });
    await arrive(shopId, { orders: [order], refunds: [back] });
    const [money] = await withShop(shopId, (tx) => listOrderMoney(tx, { shopId, orderIds: [1n] }));
    expect([money!.goods, money!.tax].map(Number)).toEqual([16.8, 3.18]);
    expect(money!.refunds.map(({ goods, tax }) => [Number(goods), Number(tax)])).toEqual([[16.8, 3.18]]);
  });

  it('nor is a yen, where a yen is the smallest there is', async () => {
    const shopId = await createShop();
    const lines = [1n, 2n].map((id) => orderLine({ id, price: '999', tax: '90' }));
    const order = orderFact(1n, {
      person: guest('ada@example.com'),
      currency: 'JPY',
      taxesIncluded: true,
      lines,
      tax: '182', // of the whole order: 1998 / 1.1 x 0.1, rounded up; of its lines 180
      shipping: '0',
      total: '1998',
    });
    await arrive(shopId, { orders: [order] });
    const [money] = await withShop(shopId, (tx) => listOrderMoney(tx, { shopId, orderIds: [1n] }));
    expect([money!.goods, money!.shipping, money!.tax].map(Number)).toEqual([1818, 0, 180]);
  });

  it('D: a gift card is no revenue, and a goodwill refund of 10.00 lowers it by 10.00', async () => {
    const shopId = await createShop();
    const order = orderFact(1n, {
      lines: [
        orderLine({ price: '100.00' }),
        orderLine({ id: 2n, price: '25.00', isGiftCard: true, variantId: null }),
      ],
      total: '125.00',
    });
    await arrive(shopId, {
      orders: [order],
      refunds: [refundFact(9n, 1n, { lines: [], adjustments: '10.00' })],
    });
    expect(await figures(shopId)).toEqual({ netRevenue: 90, cost: 0, grossProfit: 90, refundedTotal: 10 });
  });

  it.each([
    ['a test', { test: true }],
    ['cancelled', { cancelledAt: minute(5) }],
    ['not paid', { financialStatus: 'pending' }],
  ])('E: an order that is %s never counts', async (_what, overrides) => {
    const shopId = await createShop();
    await arrive(shopId, { products: [ferns], orders: [{ ...threeFerns, ...overrides }] });
    expect(await figures(shopId)).toEqual({ netRevenue: 0, cost: 0, grossProfit: 0, refundedTotal: 0 });
    expect(await prisma().profileTraits.findFirst({ where: { shopId } })).toMatchObject({ ordersCount: 0 });
  });

  it('takes the cost when it becomes known, and keeps it when the product gets dearer', async () => {
    const shopId = await createShop();
    await arrive(shopId, { orders: [threeFerns] });
    expect((await figures(shopId)).cost).toBe(0);
    await arrive(shopId, { products: [ferns] });
    expect((await figures(shopId)).cost).toBe(60);
    const dearer = {
      ...ferns,
      updatedAt: minute(9),
      variants: ferns.variants.map((each) => ({ ...each, unitCost: '30.00' })),
    };
    await arrive(shopId, { products: [dearer, { ...ferns, variants: [] }] });
    expect((await figures(shopId)).cost).toBe(60);
    expect(Number((await prisma().productVariant.findFirst({ where: { shopId } }))!.unitCost)).toBe(30);
    expect(Number((await prisma().profileTraits.findFirst({ where: { shopId } }))!.grossProfit)).toBe(75);
  });
});

it('an amount in a currency with three decimals is on the timeline with all of them', async () => {
  const shopId = await createShop();
  const orders = ['12.345', '12.3400', '1250'].map((total, index) =>
    orderFact(BigInt(index + 1), { person: guest('ada@example.com'), currency: 'KWD', total }),
  );
  await arrive(shopId, { orders });
  const events = await prisma().timelineEvent.findMany({ where: { shopId }, orderBy: { key: 'asc' } });
  expect(events.map(({ data }) => (data as { amount: string }).amount)).toEqual([
    '12.345',
    '12.34',
    '1250.00',
  ]);
});

describe('the life of an order', () => {
  const ada = customerFact(7n);
  const base = {
    person: person({ shopifyCustomerId: 7n }),
    lines: [orderLine({ quantity: 2, price: '50.00' })],
  };
  const refund = refundFact(9n, 1n, {
    lines: [{ id: 1n, orderLineId: 1n, quantity: 1, subtotal: '50.00', tax: '0' }],
  });
  const placed = orderFact(1n, { ...base, financialStatus: 'pending', updatedAt: minute(0) });
  const told: Record<string, Facts> = {
    paid: { orders: [{ ...placed, financialStatus: 'paid', updatedAt: minute(2) }] },
    updated: {
      orders: [
        { ...placed, financialStatus: 'paid', tags: ['b', 'a'], name: '#1-edited', updatedAt: minute(3) },
      ],
    },
    refunded: { refunds: [refund] },
    cancelled: {
      orders: [
        {
          ...placed,
          financialStatus: 'partially_refunded',
          cancelledAt: minute(5),
          cancelReason: 'customer',
          name: '#1-edited',
          tags: ['a', 'b'],
          refunds: [refund],
          updatedAt: minute(5),
        },
      ],
    },
  };

  it('ends the same in all 24 orders of its events', async () => {
    const dumps = new Set<string>();
    for (const names of permutations(Object.keys(told))) {
      const shopId = await createShop();
      await arrive(shopId, { customers: [ada] });
      for (const name of names) await arrive(shopId, told[name]!);
      dumps.add(JSON.stringify([...(await dumpShop(shopId))]));
    }
    expect(dumps.size).toBe(1);
  }, 120_000);

  it('never goes back to older news, and remembers when it was paid', async () => {
    const shopId = await createShop();
    await arrive(shopId, told.updated!);
    await arrive(shopId, told.paid!);
    await arrive(shopId, { orders: [placed] });
    expect(await prisma().order.findFirst({ where: { shopId } })).toMatchObject({
      name: '#1-edited',
      financialStatus: 'paid',
      paidAt: minute(2),
      tags: ['a', 'b'],
    });
  });

  it('tells facts of the same second apart by how far along they are', async () => {
    for (const statuses of [
      ['pending', 'paid'],
      ['paid', 'pending'],
    ]) {
      const shopId = await createShop();
      for (const financialStatus of statuses)
        await arrive(shopId, { orders: [{ ...placed, financialStatus }] });
      expect(await prisma().order.findFirst({ where: { shopId } })).toMatchObject({
        financialStatus: 'paid',
      });
    }
  });

  it('keeps a refund told before its order, and counts it once however often it is told', async () => {
    const shopId = await createShop();
    await arrive(shopId, { refunds: [refund, refund] });
    expect(await prisma().profileTraits.count({ where: { shopId } })).toBe(0);
    await arrive(shopId, {
      orders: [{ ...placed, financialStatus: 'paid', refunds: [refund] }],
      refunds: [refund],
    });
    expect(await figures(shopId)).toMatchObject({ netRevenue: 50, refundedTotal: 50 });
    expect(await prisma().timelineEvent.count({ where: { shopId, kind: 'order_refunded' } })).toBe(1);
  });

  it('drops lines and codes that an edit took away', async () => {
    const shopId = await createShop();
    const code = { code: 'SPRING', kind: 'percentage', amount: '5.00' };
    await arrive(shopId, {
      orders: [{ ...placed, lines: [orderLine(), orderLine({ id: 2n })], discountCodes: [code] }],
    });
    await arrive(shopId, { orders: [{ ...placed, updatedAt: minute(1) }] });
    expect(await prisma().orderLine.findMany({ where: { shopId } })).toMatchObject([{ id: 1n, quantity: 2 }]);
    expect(await prisma().orderDiscount.count({ where: { shopId } })).toBe(0);
  });

  it('no longer counts once deleted, even if the deletion is told first', async () => {
    for (const kinds of [
      ['orders', 'deletions'],
      ['deletions', 'orders'],
    ]) {
      const shopId = await createShop();
      const facts: Facts = {
        orders: [{ ...placed, financialStatus: 'paid' }],
        deletions: [{ id: 1n, deletedAt: minute(9) }],
      };
      for (const kind of kinds) await arrive(shopId, { [kind]: facts[kind as 'orders'] });
      expect(await figures(shopId)).toMatchObject({ netRevenue: 0 });
      expect(await prisma().profileTraits.findFirst({ where: { shopId } })).toMatchObject({
        ordersCount: 0,
        pointsBalance: 0,
      });
    }
  });

  it('is historic when an import tells it and it was placed before the install', async () => {
    const shopId = await createShop();
    const old = orderFact(2n, { processedAt: new Date('2025-12-01T00:00:00Z') });
    await arrive(shopId, { orders: [old] });
    await arrive(shopId, { orders: [old, orderFact(3n)] }, { historic: true });
    const orders = await prisma().order.findMany({ where: { shopId }, orderBy: { id: 'asc' } });
    expect(orders.map(({ historic }) => historic)).toEqual([true, false]);
  });
});

describe('applying orders', () => {
  const facts = Array.from({ length: 40 }, (_, index) =>
    orderFact(BigInt(index + 1), { person: guest(`p${index % 7}@example.com`) }),
  );

  it('twice changes nothing', async () => {
    const shopId = await createShop();
    await arrive(shopId, { orders: facts });
    const before = await dumpShop(shopId);
    await arrive(shopId, { orders: facts });
    expect(await dumpShop(shopId)).toEqual(before);
  });

  it('at once, in different orders, gives each order once', async () => {
    const shopId = await createShop();
    await Promise.all(
      [facts, facts.toReversed(), facts, facts.toReversed()].map((orders) => arrive(shopId, { orders })),
    );
    expect(await prisma().order.count({ where: { shopId } })).toBe(40);
    expect(await prisma().orderLine.count({ where: { shopId } })).toBe(40);
    const traits = await prisma().profileTraits.findMany({ where: { shopId } });
    expect(traits.reduce((total, { ordersCount }) => total + ordersCount, 0)).toBe(40);
    expect(traits.reduce((total, { pointsBalance }) => total + pointsBalance, 0)).toBe(4000);
  });

  it('in two shops keeps them apart', async () => {
    const [one, two] = [await createShop(), await createShop()];
    await arrive(one, { orders: [orderFact(1n, { name: 'one' })] });
    await arrive(two, { orders: [orderFact(1n, { name: 'two' })] });
    const orders = await prisma().order.findMany({
      where: { id: 1n, shopId: { in: [one, two] } },
      orderBy: { shopId: 'asc' },
    });
    expect(orders.map(({ name }) => name)).toEqual(['one', 'two']);
    expect(await withShop(one, (tx) => listOrderMoney(tx, { shopId: two, orderIds: [1n] }))).toEqual([]);
  });

  it('of nothing, of nobody and of unknown orders is harmless; amounts that are none are refused', async () => {
    const shopId = await createShop();
    await withShop(shopId, async (tx) => {
      await applyOrderFacts(tx, { shopId, facts: [], historic: false, now });
      await applyRefundFacts(tx, { shopId, facts: [refundFact(1n, 404n)], now });
      await applyProductFacts(tx, { shopId, facts: [], now });
      expect(await listOrderMoney(tx, { shopId, orderIds: [404n] })).toEqual([]);
    });
    await arrive(shopId, { orders: [orderFact(1n, { lines: [] })] });
    const bad: OrderFact = orderFact(2n, { lines: [orderLine({ price: 'free' })] });
    await expect(arrive(shopId, { orders: [bad] })).rejects.toThrow(/free|DecimalError/);
    expect(await prisma().order.count({ where: { shopId } })).toBe(1);
  });
});
