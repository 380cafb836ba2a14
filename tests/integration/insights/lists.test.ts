import { beforeAll, describe, expect, it } from 'vitest';
import { prisma, withShop } from '~/platform/db/index.server';
import {
  getCartsPage,
  getFlowPage,
  getFlowsPage,
  getHealthPage,
  getMessagePage,
  getMessagesPage,
  getPrivacyExport,
  listPrivacyRequests,
} from '~/modules/insights/index.server';
import { cartQuerySchema, messageQuerySchema, type CartTab, type MessageTab } from '~/modules/insights/types';
import { updateExpiryRule, updateTierProgramme } from '~/modules/loyalty/index.server';
import { createProfile, createTwoShops, worldNow } from '../../factories/insights-world';
import { aReward } from '../../factories/rewards';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

let here = 0;
let there = 0;
let ada = 0n;
const minutesAgo = (minutes: number) => new Date(worldNow.getTime() - minutes * 60_000);

beforeAll(async () => {
  ({ here, there } = await createTwoShops());
  ada = await createProfile(here, { firstName: 'Ada', email: 'ada@here.example' });
  await createProfile(there, { firstName: 'Eve' });
});

describe('carts', () => {
  const carts = (shopId: number, tab: CartTab, after?: string) =>
    withShop(shopId, (tx) =>
      getCartsPage(tx, { shopId, query: cartQuerySchema.parse({ tab, after }), now: worldNow }),
    );

  beforeAll(async () => {
    const states = ['open', 'abandoned', 'abandoned', 'recovered', 'ordered', 'replaced'];
    const line = {
      title: 'Fern',
      quantity: 2,
      price: '4.50',
      variantId: null,
      productId: null,
      variantTitle: null,
      imageUrl: null,
    };
    await withShop(here, (tx) =>
      tx.cart.createMany({
        data: Array.from({ length: 120 }, (_, n) => ({
          shopId: here,
          token: `cart-${String(n).padStart(3, '0')}`,
          publicId: `public-${n}`,
          kind: 'checkout',
          profileId: n % 2 === 0 ? ada : null,
          state: states[n % 6]!,
          total: '10.50',
          lines: n === 1 ? 'not lines' : [line],
          recoveredAmount: states[n % 6] === 'recovered' ? '9.25' : null,
          abandonedAt: n % 6 >= 1 && n % 6 <= 4 ? minutesAgo(n) : null,
          startedAt: minutesAgo(n),
          lastActivityAt: minutesAgo(Math.floor(n / 10)),
        })),
      }),
    );
    await withShop(here, (tx) =>
      tx.cart.create({
        data: {
          shopId: here,
          token: 'old',
          publicId: 'old',
          kind: 'checkout',
          state: 'abandoned',
          total: '999',
          startedAt: minutesAgo(60 * 24 * 40),
          lastActivityAt: minutesAgo(60 * 24 * 40),
        },
      }),
    );
  });

  it('are totalled over 30 days, by state', async () => {
    const { figures } = await carts(here, 'open');
    expect(figures).toEqual({
      open: { count: 20, amount: '210' },
      abandoned: { count: 40, amount: '420' },
      recovered: { count: 20, amount: '185' },
      rate: '0.2500', // 20 of 40 abandoned + 20 recovered + 20 ordered without our help
    });
    expect((await carts(there, 'open')).figures).toMatchObject({
      open: { count: 0, amount: '0' },
      rate: null,
    });
  });

  it('are listed by tab, page after page', async () => {
    const first = await carts(here, 'abandoned');
    expect(first.carts.items).toHaveLength(41);
    expect(first.carts.next).toBeNull();
    expect(first.carts.items.every((cart) => cart.state === 'abandoned')).toBe(true);
    expect(first.carts.items.find((cart) => cart.token === 'cart-001')?.lines).toEqual([]); // unreadable lines are none
    expect((await carts(there, 'abandoned')).carts.items).toEqual([]);
  });

  it('know their person, items and currency', async () => {
    const [cart] = (await carts(here, 'open')).carts.items;
    expect(cart).toMatchObject({
      profileName: 'Ada',
      presentmentCurrency: 'EUR',
      total: '10.5',
      lines: [{ title: 'Fern', quantity: 2 }],
    });
  });
});

describe('messages', () => {
  const messages = (shopId: number, tab: MessageTab, after?: string) =>
    withShop(shopId, (tx) =>
      getMessagesPage(tx, { shopId, query: messageQuerySchema.parse({ tab, after }) }),
    );

  beforeAll(async () => {
    const statuses = ['sent', 'queued', 'sending', 'failed', 'unknown', 'withheld'];
    await withShop(here, async (tx) => {
      await tx.message.createMany({
        data: Array.from({ length: 240 }, (_, n) => ({
          shopId: here,
          profileId: ada,
          token: `m${n}`,
          dedupeKey: `m${n}`,
          kind: n % 40 === 0 ? 'test' : 'marketing',
          flowKey: 'abandoned_checkout',
          flowRunId: BigInt(n),
          nodeKey: 'first',
          templateKey: 'abandoned_checkout.first',
          locale: 'en',
          status: statuses[n % 6]!,
          createdAt: minutesAgo(Math.floor(n / 9)),
          sentAt: n % 6 === 0 ? minutesAgo(1) : null,
          orderId: n % 60 === 0 ? BigInt(n) : null,
          revenue: n % 60 === 0 ? '12.5' : null,
          clickedAt: n % 12 === 0 ? worldNow : null,
        })),
      });
      await tx.sendDecision.createMany({
        data: Array.from({ length: 90 }, (_, n) => ({
          shopId: here,
          profileId: ada,
          flowKey: 'abandoned_checkout',
          flowRunId: BigInt(n),
          nodeKey: 'first',
          outcome: ['send', 'defer', 'withhold'][n % 3]!,
          reason: ['ok', 'quiet_hours', 'not_subscribed'][n % 3]!,
          until: n % 3 === 1 ? worldNow : null,
          decidedAt: minutesAgo(Math.floor(n / 9)),
        })),
      });
    });
  });

  it.each([
    ['all', 240],
    ['sent', 40],
    ['waiting', 80],
    ['failed', 40],
    ['unknown', 40],
    ['not_sent', 100], // 40 withheld at delivery and 60 decided against or put off
    ['test', 6],
  ] as const)('%s holds %i, each once', async (tab, expected) => {
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const { items, next } = (await messages(here, tab, after)).messages;
      seen.push(...items.map((item) => `${item.type}${item.id}`));
      after = next ?? undefined;
    } while (after !== undefined);
    expect(seen).toHaveLength(expected);
    expect(new Set(seen).size).toBe(expected);
    expect((await messages(there, tab)).messages.items).toEqual([]);
  });

  it('are shown one by one with the decisions about them', async () => {
    const { items } = (await messages(here, 'sent')).messages;
    const id = BigInt(items[0]!.id);
    const page = await withShop(here, (tx) => getMessagePage(tx, { shopId: here, messageId: id }));
    expect(page).toMatchObject({
      message: { status: 'sent', reason: 'ok', profileName: 'Ada' },
      decisions: [{ outcome: 'send', reason: 'ok' }],
    });
    await expect(
      withShop(there, (tx) => getMessagePage(tx, { shopId: there, messageId: id })),
    ).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('flows', () => {
  beforeAll(async () => {
    await withShop(here, async (tx) => {
      await tx.flow.createMany({
        data: ['abandoned_checkout', 'win_back'].map((key) => ({
          shopId: here,
          key,
          enabled: key === 'win_back',
          version: 1,
          updatedAt: worldNow,
        })),
      });
      await tx.flowRun.createMany({
        data: Array.from({ length: 60 }, (_, n) => ({
          shopId: here,
          flowKey: 'abandoned_checkout',
          version: 1,
          profileId: ada,
          runKey: `r${n}`,
          state: n % 2 === 0 ? 'waiting' : 'exited',
          nodeKey: 'until_second',
          nodeSince: minutesAgo(n),
          dueAt: n % 2 === 0 ? minutesAgo(-n - 60) : null,
          enteredAt: minutesAgo(Math.floor(n / 7)),
          exitReason: n % 2 === 0 ? null : 'order_placed',
        })),
      });
    });
  });

  it('tell what they did in 30 days', async () => {
    const { flows, senderReady } = await withShop(here, (tx) =>
      getFlowsPage(tx, { shopId: here, now: worldNow }),
    );
    expect(senderReady).toBe(false);
    expect(flows).toMatchObject([
      {
        key: 'abandoned_checkout',
        enabled: false,
        running: 30,
        entered: 60,
        sent: 40,
        orders: 4,
        revenue: '50',
      },
      { key: 'win_back', enabled: true, running: 0, entered: 0, sent: 0, revenue: '0' },
    ]);
  });

  it('tell it by step, and list their runs', async () => {
    const read = (after?: string) =>
      withShop(here, (tx) =>
        getFlowPage(tx, { shopId: here, flowKey: 'abandoned_checkout', cursor: { after }, now: worldNow }),
      );
    const page = await read();
    expect(page.steps).toEqual([
      { nodeKey: 'first', waiting: 0, sent: 40, withheld: 70, clicked: 20, orders: 4, revenue: '50' },
      { nodeKey: 'until_second', waiting: 30, sent: 0, withheld: 0, clicked: 0, orders: 0, revenue: '0' },
    ]);
    const rest = await read(page.runs.next!);
    const last = await read(rest.runs.next!);
    const ids = [page, rest, last].flatMap(({ runs }) => runs.items.map((run) => run.id));
    expect(new Set(ids).size).toBe(60);
    expect(last.runs.next).toBeNull();
  });

  it('about the programme say whether anybody can ever enter', async () => {
    const keys = ['points_expiring', 'tier_up', 'reward_available'];
    const tier = { id: null, name: 'Gold', threshold: '10', multiplier: '1', entryPoints: 0 };
    const oneTier = {
      enabled: true,
      basis: 'orders' as const,
      span: 'lifetime' as const,
      graceDays: 0,
      tiers: [tier],
    };
    const flow = { shopId: here, enabled: false, version: 1, updatedAt: worldNow };
    await withShop(here, (tx) => tx.flow.createMany({ data: keys.map((key) => ({ ...flow, key })) }));
    const read = async () =>
      withShop(here, async (tx) => {
        const about = { shopId: here, cursor: {}, now: worldNow };
        const told: boolean[] = [];
        for (const flowKey of [...keys, 'win_back'])
          told.push((await getFlowPage(tx, { ...about, flowKey })).hasGround);
        return told;
      });
    const before = await read();
    expect(before.at(-1)).toBe(true);
    await withShop(here, async (tx) => {
      await updateExpiryRule(tx, { shopId: here, mode: 'age', days: 365, now: worldNow });
      await updateTierProgramme(tx, { shopId: here, draft: oneTier, now: worldNow });
    });
    await aReward(here);
    expect(await read()).toEqual([true, true, true, true]);
    expect(before.slice(0, 3)).toEqual([false, false, false]);
  });

  it('are not found when there is none of that name, or in another shop', async () => {
    for (const [shopId, flowKey] of [
      [here, 'nonsense'],
      [there, 'win_back'],
    ] as const) {
      await expect(
        withShop(shopId, (tx) => getFlowPage(tx, { shopId, flowKey, cursor: {}, now: worldNow })),
      ).rejects.toMatchObject({ code: 'not_found' });
    }
  });
});

describe('health', () => {
  const health = (shopId: number) => withShop(shopId, (tx) => getHealthPage(tx, { shopId, now: worldNow }));

  beforeAll(async () => {
    const event = (shop: string, n: number, topic: string, status: string) => ({
      shopDomain: `${shop}.myshopify.com`,
      webhookId: `${shop}${n}`,
      topic,
      apiVersion: '2026-07',
      receivedAt: minutesAgo(n),
      nextAttemptAt: worldNow,
      body: '{"secret":"person"}',
      status,
      error: status === 'dead' ? 'broken' : null,
    });
    await prisma().inboxEvent.createMany({
      data: [
        event('here', 50, 'orders/create', 'done'),
        event('here', 40, 'orders/create', 'dead'),
        event('here', 30, 'orders/create', 'pending'),
        event('here', 20, 'customers/update', 'done'),
        event('there', 10, 'orders/create', 'dead'),
      ],
    });
    await withShop(here, async (tx) => {
      await tx.consentPush.create({
        data: { shopId: here, profileId: ada, state: 'unsubscribed', occurredAt: minutesAgo(3) },
      });
      await tx.flowRun.updateMany({ where: { runKey: 'r0' }, data: { dueAt: minutesAgo(7) } });
      await tx.backfillRun.create({
        data: { shopId: here, kind: 'orders', reason: 'reconcile', status: 'done', startedAt: worldNow },
      });
      await tx.ledgerAudit.create({
        data: { shopId: here, checkedAt: worldNow, accounts: 3, drifted: 1, unbalanced: 0n },
      });
    });
  });

  it('tells what waits and since when', async () => {
    const { work } = await health(here);
    expect(work).toEqual([
      { kind: 'deliveries', waiting: 1, oldestDueAt: minutesAgo(30).toISOString() },
      { kind: 'flow_runs', waiting: 1, oldestDueAt: minutesAgo(7).toISOString() },
      { kind: 'mails', waiting: 80, oldestDueAt: minutesAgo(26).toISOString() },
      { kind: 'consent', waiting: 1, oldestDueAt: minutesAgo(3).toISOString() },
      { kind: 'standings', waiting: 0, oldestDueAt: null },
      { kind: 'signals', waiting: 0, oldestDueAt: null },
    ]);
    expect((await health(there)).work.every((state) => state.waiting === 0)).toBe(true);
  });

  it('lists dead deliveries with their error, but never their content', async () => {
    const { dead, topics } = await health(here);
    expect(dead).toMatchObject([{ topic: 'orders/create', error: 'broken' }]);
    expect(JSON.stringify(dead)).not.toContain('secret');
    expect(topics).toEqual([
      {
        topic: 'customers/update',
        lastReceivedAt: minutesAgo(20).toISOString(),
        received: 1,
        pending: 0,
        dead: 0,
      },
      {
        topic: 'orders/create',
        lastReceivedAt: minutesAgo(30).toISOString(),
        received: 3,
        pending: 1,
        dead: 1,
      },
    ]);
    expect((await health(there)).dead).toHaveLength(1);
  });

  it('shows unknown mails, imports and the ledger audit', async () => {
    const page = await health(here);
    expect(page.unknownMails).toHaveLength(40);
    expect(page.imports).toHaveLength(1);
    expect(page.audit).toEqual({
      checkedAt: worldNow.toISOString(),
      accounts: 3,
      drifted: 1,
      balanced: true,
    });
    // All that Health lists as a problem, Home tells too, and nothing is said to run that does not.
    expect(page.problems).toEqual({
      deadDeliveries: 1,
      unknownMails: 40,
      failedMails: 40,
      failedImports: 0,
      brokenLedger: 1,
    });
    expect(await health(there)).toMatchObject({
      unknownMails: [],
      imports: [],
      audit: null,
      problems: { deadDeliveries: 1, unknownMails: 0, brokenLedger: 0 },
    });
  });
});

it('lists privacy requests and hands out their export, inside the shop', async () => {
  const created = await withShop(here, (tx) =>
    tx.privacyRequest.create({
      data: {
        shopId: here,
        kind: 'data_request',
        key: 'r1',
        customerId: 9n,
        status: 'done',
        dueAt: worldNow,
        requestedAt: worldNow,
        export: { email: 'ada@here.example' },
      },
    }),
  );
  const list = (shopId: number) => withShop(shopId, (tx) => listPrivacyRequests(tx, { shopId, limit: 10 }));
  const file = (shopId: number) =>
    withShop(shopId, (tx) => getPrivacyExport(tx, { shopId, requestId: created.id }));
  expect(await list(here)).toMatchObject([{ kind: 'data_request', customerId: '9', hasExport: true }]);
  expect(JSON.stringify(await list(here))).not.toContain('ada@');
  expect(JSON.parse(await file(here))).toEqual({ email: 'ada@here.example' });
  expect(await list(there)).toEqual([]);
  await expect(file(there)).rejects.toMatchObject({ code: 'not_found' });
});
