import { beforeAll, describe, expect, it } from 'vitest';
import { prisma, withShop } from '~/platform/db/index.server';
import { getHomeFigures, getHomePage } from '~/modules/insights/index.server';
import { createProfile, createTwoShops, worldNow } from '../../factories/insights-world';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

let here = 0;
let there = 0;
const hour = 3_600_000;
const day = 24 * hour;
const ago = (milliseconds: number) => new Date(worldNow.getTime() - milliseconds);

const home = (shopId: number) => withShop(shopId, (tx) => getHomePage(tx, { shopId, now: worldNow }));
const figure = async (shopId: number, name: string) => {
  const figures = await withShop(shopId, (tx) => getHomeFigures(tx, { shopId, now: worldNow }));
  return figures.find((candidate) => candidate.name === name)!;
};

let nextOrder = 1n;
async function createOrder(
  shopId: number,
  order: { net: string; at: Date; paid?: boolean; cancelled?: boolean; test?: boolean },
) {
  const zero = { subtotal: '0', discounts: '0', shipping: '0', tax: '0' };
  await withShop(shopId, (tx) =>
    tx.order.create({
      data: {
        ...zero,
        shopId,
        id: nextOrder++,
        name: `#${nextOrder}`,
        currency: 'EUR',
        presentmentCurrency: 'EUR',
        presentmentTotal: order.net,
        total: order.net,
        netRevenue: order.net,
        taxesIncluded: true,
        processedAt: order.at,
        shopifyUpdatedAt: order.at,
        paidAt: order.paid === false ? null : order.at,
        cancelledAt: order.cancelled ? order.at : null,
        test: order.test ?? false,
      },
    }),
  );
}

beforeAll(async () => {
  ({ here, there } = await createTwoShops());
});

describe('an untouched shop', () => {
  it('has figures of zero for 30 days', async () => {
    const revenue = await figure(there, 'netRevenue');
    expect(revenue).toMatchObject({ total: '0', previous: '0' });
    expect(revenue.days).toHaveLength(30);
    expect(revenue.days.at(-1)!.day).toBe('2026-11-10'); // noon UTC is morning in New York
  });

  it('has nothing to show and everything to do', async () => {
    expect(await home(there)).toMatchObject({
      setup: {
        dismissed: false,
        import: 'none',
        sender: false,
        earnRule: false,
        flow: false,
        testMail: false,
      },
      imports: [],
      problems: { deadDeliveries: 0, unknownMails: 0, failedMails: 0, failedImports: 0, brokenLedger: 0 },
      activity: [],
    });
  });
});

describe('figures', () => {
  beforeAll(async () => {
    await createOrder(here, { net: '80.50', at: ago(2 * hour) });
    // 23:30 UTC on the 8th is the 9th in Berlin.
    await createOrder(here, { net: '10.25', at: new Date('2026-11-08T23:30:00Z') });
    await createOrder(here, { net: '40', at: ago(40 * day) });
    await createOrder(here, { net: '1000', at: ago(hour), paid: false });
    await createOrder(here, { net: '1000', at: ago(hour), cancelled: true });
    await createOrder(here, { net: '1000', at: ago(hour), test: true });
    await createOrder(here, { net: '1000', at: ago(-hour) });
    await createOrder(here, { net: '1000', at: ago(61 * day) });
    await createOrder(there, { net: '999', at: ago(hour) });
  });

  it('count paid orders of the last 30 days, exactly, and those of the 30 days before', async () => {
    expect(await figure(here, 'netRevenue')).toMatchObject({ total: '90.75', previous: '40' });
    expect(await figure(here, 'orders')).toMatchObject({ total: '2', previous: '1' });
    expect(await figure(there, 'netRevenue')).toMatchObject({ total: '999', previous: '0' });
  });

  it('fall on the days of the shop', async () => {
    const { days } = await figure(here, 'netRevenue');
    const earning = days.filter((entry) => entry.value !== '0');
    expect(earning).toEqual([
      { day: '2026-11-09', value: '10.25' },
      { day: '2026-11-10', value: '80.5' },
    ]);
  });

  it('tell recovered carts, mails and points', async () => {
    const profileId = await createProfile(here, { email: 'points@here.example' });
    await withShop(here, async (tx) => {
      const cart = {
        shopId: here,
        kind: 'checkout',
        profileId,
        startedAt: ago(day),
        lastActivityAt: ago(day),
      };
      await tx.cart.create({
        data: {
          ...cart,
          token: 'a',
          publicId: 'pa',
          state: 'recovered',
          closedAt: ago(hour),
          recoveredAmount: '33.3',
        },
      });
      await tx.cart.create({
        data: { ...cart, token: 'b', publicId: 'pb', state: 'ordered', closedAt: ago(hour) },
      });
      const message = {
        shopId: here,
        profileId,
        templateKey: 'win_back',
        locale: 'en',
        status: 'sent',
        createdAt: ago(hour),
      };
      await tx.message.create({
        data: { ...message, token: 'm1', dedupeKey: 'm1', kind: 'marketing', sentAt: ago(hour) },
      });
      await tx.message.create({
        data: { ...message, token: 'm2', dedupeKey: 'm2', kind: 'test', sentAt: ago(hour) },
      });
      const [points, issued] = await Promise.all([
        tx.ledgerAccount.create({ data: { shopId: here, kind: 'points', profileId, balance: 7n } }),
        tx.ledgerAccount.create({ data: { shopId: here, kind: 'issued', balance: null } }),
      ]);
      const transaction = await tx.ledgerTransaction.create({
        data: {
          shopId: here,
          kind: 'earn',
          idempotencyKey: 'k',
          inputHash: 'h',
          occurredAt: ago(hour),
          createdAt: ago(hour),
        },
      });
      await tx.ledgerPosting.createMany({
        data: [
          { shopId: here, transactionId: transaction.id, accountId: points.id, points: 7n },
          { shopId: here, transactionId: transaction.id, accountId: issued.id, points: -7n },
        ],
      });
    });
    expect(await figure(here, 'recovered')).toMatchObject({ total: '33.3' });
    expect(await figure(here, 'mailsSent')).toMatchObject({ total: '1' });
    expect(await figure(here, 'pointsEarned')).toMatchObject({ total: '7' });
    expect(await figure(there, 'pointsEarned')).toMatchObject({ total: '0' });
  });
});

describe('the set-up guide', () => {
  const setup = async () => (await home(here)).setup;

  it('follows what is done', async () => {
    expect(await setup()).toMatchObject({
      sender: false,
      earnRule: false,
      flow: false,
      testMail: true,
      import: 'none',
    });
    await withShop(here, async (tx) => {
      await tx.shopSettings.create({
        data: { shopId: here, senderName: 'Here', postalAddress: 'Street 1', updatedAt: worldNow },
      });
      await tx.flow.create({
        data: { shopId: here, key: 'win_back', enabled: true, version: 1, updatedAt: worldNow },
      });
    });
    expect(await setup()).toMatchObject({ sender: true, earnRule: true, flow: true });
  });

  it('goes by the latest import of each kind', async () => {
    const run = (kind: string, status: string, at: Date) =>
      withShop(here, (tx) =>
        tx.backfillRun.create({ data: { shopId: here, kind, reason: 'install', status, startedAt: at } }),
      );
    await run('customers', 'failed', ago(2 * hour));
    await run('customers', 'running', ago(hour));
    expect(await home(here)).toMatchObject({ setup: { import: 'running' }, problems: { failedImports: 0 } });
    expect((await home(here)).imports.map((entry) => entry.status)).toEqual(['running']);
    await run('customers', 'done', ago(1));
    expect((await setup()).import).toBe('done');
    await run('orders', 'failed', ago(1));
    expect(await home(here)).toMatchObject({ setup: { import: 'failed' }, problems: { failedImports: 1 } });
  });

  it('is put away without counting as a look at the earn rule', async () => {
    await withShop(there, (tx) =>
      tx.shopSettings.create({ data: { shopId: there, setupDismissedAt: worldNow, updatedAt: worldNow } }),
    );
    expect((await home(there)).setup).toMatchObject({ dismissed: true, earnRule: false });
  });
});

it('counts the problems of this shop and shows its latest happenings', async () => {
  const profileId = await createProfile(here, { firstName: 'Ada', email: 'ada@here.example' });
  await prisma().inboxEvent.createMany({
    data: ['here', 'there', 'there'].map((shop, index) => ({
      shopDomain: `${shop}.myshopify.com`,
      webhookId: `w${index}`,
      topic: 'orders/create',
      apiVersion: '2026-07',
      receivedAt: worldNow,
      nextAttemptAt: worldNow,
      body: '{}',
      status: 'dead',
    })),
  });
  await withShop(here, async (tx) => {
    const event = { shopId: here, profileId, data: { orderName: '#1', nested: { no: 1 } } };
    await tx.timelineEvent.create({
      data: { ...event, kind: 'order_placed', key: '1', occurredAt: ago(hour), data: { orderName: '#1' } },
    });
    await tx.timelineEvent.create({
      data: { ...event, kind: 'flow_entered', key: '2', occurredAt: worldNow },
    });
    const message = {
      shopId: here,
      profileId,
      kind: 'marketing',
      templateKey: 'win_back',
      locale: 'en',
      createdAt: worldNow,
    };
    await tx.message.create({ data: { ...message, token: 'u', dedupeKey: 'u', status: 'unknown' } });
    await tx.message.create({ data: { ...message, token: 'f', dedupeKey: 'f', status: 'failed' } });
    await tx.message.create({
      data: { ...message, token: 'g', dedupeKey: 'g', status: 'failed', createdAt: ago(8 * day) },
    });
  });
  const page = await home(here);
  expect(page.problems).toMatchObject({ deadDeliveries: 1, unknownMails: 1, failedMails: 1 });
  expect(page.activity.map(({ kind, profileName, data }) => ({ kind, profileName, data }))).toEqual([
    { kind: 'flow_entered', profileName: 'Ada', data: {} }, // what is not flat is left out
    { kind: 'order_placed', profileName: 'Ada', data: { orderName: '#1' } },
  ]);
  expect((await home(there)).activity).toEqual([]);
});
