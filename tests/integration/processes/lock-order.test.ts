import { describe, expect, it } from 'vitest';
import { recomputeTraits } from '~/modules/customers/index.server';
import { postTransactions, updateCampaign, updateEarnRule } from '~/modules/loyalty/index.server';
import { lockFacts } from '~/modules/shops/index.server';
import { prisma, withShop } from '~/platform/db/index.server';
import { goodsTold } from '~/processes/goods-told.server';
import { ordersChanged } from '~/processes/orders-changed.server';
import { pointsReleased } from '~/processes/points-released.server';
import { guest, minute, orderFact, orderLine, productFact } from '../../factories/facts';
import { ledgerTotals } from '../../factories/loyalty';
import { arrive, createShop } from '../../factories/records';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

const from = minute(-60);
const fact = (updatedAt: Date) =>
  orderFact(1n, {
    person: guest('ada@mail.example'),
    lines: [orderLine({ id: 1n, price: '40.00' })],
    updatedAt,
  });

/** A shop where everything is due: an order waits for its product, which is told, and its points are free. */
async function shopWithAllDue(): Promise<{ shopId: number; profileId: bigint }> {
  const shopId = await createShop();
  const doubled = {
    title: 'x',
    enabled: true,
    factor: '2',
    scope: 'tags' as const,
    tags: ['sale'],
    minimum: null,
  };
  const always = { productIds: [], collectionIds: [], startsOn: null, endsOn: null, maxExtra: null };
  await withShop(shopId, async (tx) => {
    await updateEarnRule(tx, { shopId, changes: { pendingDays: 1 }, now: from });
    await updateCampaign(tx, { shopId, id: null, draft: { ...doubled, ...always }, now: from });
  });
  await arrive(shopId, { orders: [fact(minute(0))] }, { now: minute(1) });
  await arrive(shopId, { products: [productFact(10n, { tags: ['sale'], updatedAt: minute(1) })] });
  const { id: profileId } = await prisma().profile.findFirstOrThrow({ where: { shopId } });
  return { shopId, profileId };
}

/** As a batch of deliveries does: points of a consent and the traits that follow, later the same person's order. */
function takeIn({ shopId, profileId }: { shopId: number; profileId: bigint }) {
  let begin = (): void => undefined;
  let goOn = (): void => undefined;
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const awaited = new Promise<void>((resolve) => (goOn = resolve));
  const done = withShop(shopId, async (tx) => {
    const now = minute(3);
    const postings = [{ profileId, account: 'points' as const, points: 5 }];
    await lockFacts(tx, { shopId });
    const transactions = [{ kind: 'earn' as const, key: 'consent', occurredAt: now, postings }];
    await postTransactions(tx, { shopId, now, transactions });
    await recomputeTraits(tx, { shopId, profileIds: [profileId], now });
    begin();
    await awaited;
    await ordersChanged(tx, { shopId, facts: [fact(minute(3))], now, historic: false });
  });
  return { begun, goOn, done };
}

async function somebodyWaits(): Promise<void> {
  const waiting = () => prisma().$queryRaw<unknown[]>`
    SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  await expect.poll(async () => (await waiting()).length).toBeGreaterThan(0);
}

describe('orders are judged again while facts of the same people arrive', () => {
  it.each([
    ['goods were told', goodsTold],
    ['points are released', pointsReleased],
  ])('%s: one waits for the other, neither is given up', async (_, job) => {
    const shop = await shopWithAllDue();
    const batch = takeIn(shop);
    await batch.begun;
    const judged = job(shop.shopId);
    await somebodyWaits();
    batch.goOn();
    const outcomes = await Promise.allSettled([batch.done, judged]);
    expect(outcomes.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []))).toEqual([]);
    await goodsTold(shop.shopId);
    await pointsReleased(shop.shopId);
    const accounts = await prisma().ledgerAccount.findMany({
      where: { shopId: shop.shopId, profileId: shop.profileId },
      orderBy: { kind: 'asc' },
    });
    expect(accounts.map(({ kind, balance }) => [kind, balance])).toEqual([
      ['pending', 0n],
      ['points', 85n],
    ]);
    expect(await ledgerTotals()).toEqual({ drifted: 0, sum: 0n, unbalanced: 0 });
  });
});
