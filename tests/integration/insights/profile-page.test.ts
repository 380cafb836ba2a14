import { beforeAll, describe, expect, it } from 'vitest';
import { withShop } from '~/platform/db/index.server';
import { getProfilePage } from '~/modules/insights/index.server';
import { profileTabs, type PageCursor, type ProfileTab } from '~/modules/insights/types';
import { createProfile, createTwoShops, worldNow } from '../../factories/insights-world';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

let here = 0;
let there = 0;
let ada = 0n;
let elsewhere = 0n;
const rows = 60;

const page = (shopId: number, profileId: bigint, tab: ProfileTab = 'timeline', cursor: PageCursor = {}) =>
  withShop(shopId, (tx) => getProfilePage(tx, { shopId, profileId, tab, cursor }));

beforeAll(async () => {
  ({ here, there } = await createTwoShops());
  ada = await createProfile(here, {
    firstName: 'Ada',
    lastName: 'Lovelace',
    email: 'ada@here.example',
    tags: ['vip'],
    netSpend: '80.5',
  });
  elsewhere = await createProfile(there, { firstName: 'Eve' });
  await fillEveryTab(here, ada);
});

/** `rows` of everything a tab shows; many at the same moment, so that a cursor must look at more than the time. */
async function fillEveryTab(shopId: number, profileId: bigint): Promise<void> {
  const numbers = Array.from({ length: rows }, (_, n) => ({
    n,
    at: new Date(worldNow.getTime() - Math.floor(n / 7) * 60_000),
  }));
  await withShop(shopId, async (tx) => {
    await tx.timelineEvent.createMany({
      data: numbers.map(({ n, at }) => ({
        shopId,
        profileId,
        kind: 'order_placed',
        key: String(n),
        occurredAt: at,
      })),
    });
    await tx.consentEvent.createMany({
      data: numbers.map(({ n, at }) => ({
        shopId,
        profileId,
        channel: 'email',
        state: 'subscribed',
        source: 'merchant',
        key: String(n),
        occurredAt: at,
      })),
    });
    await tx.message.createMany({
      data: numbers.slice(rows / 2).map(({ n, at }) => ({
        shopId,
        profileId,
        token: `t${n}`,
        dedupeKey: `d${n}`,
        kind: 'marketing',
        templateKey: 'win_back',
        locale: 'en',
        status: 'sent',
        createdAt: at,
        flowRunId: 5n,
        nodeKey: 'first',
        flowKey: 'win_back',
      })),
    });
    await tx.sendDecision.createMany({
      data: [
        ...numbers.slice(0, rows / 2).map(({ at }) => ({
          shopId,
          profileId,
          flowKey: 'win_back',
          nodeKey: 'second',
          outcome: 'withhold',
          reason: 'not_subscribed',
          decidedAt: at,
        })),
        {
          shopId,
          profileId,
          flowKey: 'win_back',
          flowRunId: 5n,
          nodeKey: 'first',
          outcome: 'send',
          reason: 'ok',
          decidedAt: worldNow,
        },
      ],
    });
    await tx.cart.createMany({
      data: numbers.map(({ n, at }) => ({
        shopId,
        profileId,
        token: `c${n}`,
        kind: 'checkout',
        publicId: `p${n}`,
        startedAt: at,
        lastActivityAt: at,
      })),
    });
    await tx.order.createMany({
      data: numbers.map(({ n, at }) => ({
        shopId,
        profileId,
        id: BigInt(n + 1),
        name: `#${n + 1}`,
        currency: 'EUR',
        presentmentCurrency: 'EUR',
        presentmentTotal: '8',
        subtotal: '8',
        discounts: '0',
        shipping: '0',
        tax: '0',
        taxesIncluded: true,
        total: '8',
        processedAt: at,
        shopifyUpdatedAt: at,
      })),
    });
    const points = await tx.ledgerAccount.create({
      data: { shopId, profileId, kind: 'points', balance: 55n },
    });
    const pending = await tx.ledgerAccount.create({
      data: { shopId, profileId, kind: 'pending', balance: 5n },
    });
    const issued = await tx.ledgerAccount.create({ data: { shopId, kind: 'issued', balance: null } });
    for (const { n, at } of numbers) {
      const held = n < 5;
      const { id } = await tx.ledgerTransaction.create({
        data: {
          shopId,
          kind: 'earn',
          idempotencyKey: `l${n}`,
          inputHash: 'h',
          orderId: BigInt(n + 1),
          occurredAt: at,
          createdAt: at,
        },
      });
      await tx.ledgerPosting.createMany({
        data: [
          { shopId, transactionId: id, accountId: held ? pending.id : points.id, points: 1n },
          { shopId, transactionId: id, accountId: issued.id, points: -1n },
        ],
      });
    }
  });
}

describe('who it is', () => {
  it('tells the traits, and the points as the ledger has them', async () => {
    const { profile, mergedInto, shop } = await page(here, ada);
    expect(profile).toMatchObject({
      id: String(ada),
      name: 'Ada Lovelace',
      tags: ['vip'],
      netSpend: '80.5',
      pointsBalance: 55,
      pointsPending: 5,
      consent: { state: 'not_subscribed', source: null, consentedAt: null },
    });
    expect(mergedInto).toBeNull();
    expect(shop.currency).toBe('EUR');
  });

  it('is not found in another shop, nor when there is nobody', async () => {
    await expect(page(here, elsewhere + 1_000n)).rejects.toMatchObject({ code: 'not_found' });
    await expect(page(there, ada + 100n)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('names the profile that took it over', async () => {
    const old = await createProfile(here, { email: 'old@here.example' });
    await withShop(here, (tx) => tx.profile.updateMany({ where: { id: old }, data: { mergedIntoId: ada } }));
    expect((await page(here, old)).mergedInto).toBe(String(ada));
  });
});

describe('the tabs', () => {
  it.each(profileTabs)('%s walks through everything once, and back', async (tab) => {
    const pages: string[][] = [];
    let cursor: PageCursor = {};
    let back: string | null = null;
    for (;;) {
      const { content } = await page(here, ada, tab, cursor);
      pages.push(
        content.page.items.map((item) =>
          'token' in item ? item.token : `${'type' in item ? item.type : ''}${item.id}`,
        ),
      );
      back = content.page.previous;
      if (content.page.next === null) break;
      cursor = { after: content.page.next };
    }
    expect(pages.flat()).toHaveLength(rows);
    expect(new Set(pages.flat()).size).toBe(rows);
    expect(pages.length).toBe(3);
    const { content } = await page(here, ada, tab, { before: back! });
    expect(content.page.items).toHaveLength(pages[1]!.length);
  });

  it.each(profileTabs)('%s shows nothing of another shop', async (tab) => {
    // Ids count per database, so the same number may well be somebody in the other shop.
    expect((await page(there, elsewhere, tab)).content.page.items).toEqual([]);
  });

  it('say why a mail was sent and why one was not', async () => {
    const { content } = await page(here, ada, 'messages');
    if (content.tab !== 'messages') throw new Error('wrong tab');
    expect(content.page.items[0]).toMatchObject({
      type: 'decision',
      status: 'withhold',
      reason: 'not_subscribed',
    });
    const older = await page(here, ada, 'messages', { after: content.page.next! });
    if (older.content.tab !== 'messages') throw new Error('wrong tab');
    expect(older.content.page.items.at(-1)).toMatchObject({ type: 'message', status: 'sent', reason: 'ok' });
  });

  it('tell what an order left in points, and what an entry did to which balance', async () => {
    const orders = await page(here, ada, 'orders');
    expect(orders.content.page.items[0]).toMatchObject({ total: '8', points: 1 });
    const ledger = await page(here, ada, 'points');
    if (ledger.content.tab !== 'points') throw new Error('wrong tab');
    expect(ledger.content.page.items.filter((entry) => entry.pending === 1)).toHaveLength(5);
    expect(
      ledger.content.page.items.every(
        (entry) => entry.points + entry.pending === 1 && entry.orderName !== null,
      ),
    ).toBe(true);
  });
});
