import { describe, expect, it } from 'vitest';
import { drainInbox } from '~/ingest/drain.server';
import { ensureEarnRule, updateTierProgramme } from '~/modules/loyalty/index.server';
import { activateShop, ensureShop } from '~/modules/shops/index.server';
import { clock } from '~/platform/clock.server';
import { prisma, withShop } from '~/platform/db/index.server';
import type { Delivery } from '../../dev/store/webhooks/delivery-log';
import { dumpShop } from '../factories/shop-dump';
import { randomFrom, simulateShop } from '../factories/simulated-shop';
import { useTestDatabase } from '../setup/database';

useTestDatabase();

const startedAt = new Date('2026-05-01T08:00:00Z');

const tiers = {
  enabled: true,
  basis: 'net_spend' as const,
  span: 'rolling_year' as const,
  graceDays: 7,
  tiers: [
    { id: null, name: 'Silver', threshold: '40', multiplier: '1.25', entryPoints: 7 },
    { id: null, name: 'Gold', threshold: '120', multiplier: '2', entryPoints: 50 },
  ],
};

describe('deliveries', () => {
  it('10,000 of them, a fifth duplicated, in any order, end in the state of once each in order', async () => {
    const { deliveries } = await simulateShop({ shoppers: 860, seed: 20, startedAt });
    const random = randomFrom(3);
    const duplicates = deliveries.filter(() => random() < 0.25);
    const confused = shuffled(
      [
        ...deliveries,
        ...duplicates.map((delivery) => ({ ...delivery, webhookId: `${delivery.webhookId}-again` })),
      ],
      random,
    );
    expect(confused.length).toBeGreaterThanOrEqual(10_000);
    clock.moveTo(startedAt.getTime() + 30 * 24 * 3_600_000 - Date.now());

    const calm = await deliver('calm.myshopify.com', deliveries);
    const wild = await deliver('wild.myshopify.com', confused);

    expect([...wild.keys()]).toEqual([...calm.keys()]);
    for (const [table, lines] of calm) expect(wild.get(table), table).toEqual(lines);
    expect(calm.get('orders')?.length).toBeGreaterThan(500);
    expect(calm.get('ledger: points by order and account')?.length).toBeGreaterThan(300);
    expect(calm.get('profile_tiers')?.length).toBeGreaterThan(300);
    expect(calm.get('order_multipliers')?.length).toBeGreaterThan(10);
  }, 300_000);
});

async function deliver(domain: string, deliveries: Delivery[]): Promise<Map<string, string[]>> {
  const shop = await ensureShop(prisma(), { domain, now: startedAt });
  await withShop(shop.id, async (tx) => {
    await ensureEarnRule(tx, { shopId: shop.id, now: startedAt });
    await updateTierProgramme(tx, { shopId: shop.id, draft: tiers, now: startedAt });
    await activateShop(tx, { shopId: shop.id, now: startedAt });
  });
  const receivedAt = clock.now();
  await prisma().inboxEvent.createMany({
    data: deliveries.map((delivery) => ({
      shopDomain: domain,
      webhookId: delivery.webhookId,
      eventId: delivery.eventId,
      topic: delivery.topic,
      apiVersion: delivery.apiVersion,
      triggeredAt: delivery.triggeredAt,
      receivedAt,
      body: delivery.body,
      nextAttemptAt: new Date(0),
    })),
  });
  await drainInbox(domain);
  const left = await prisma().inboxEvent.groupBy({
    by: ['status'],
    where: { shopDomain: domain },
    _count: true,
  });
  expect(left.filter(({ status }) => status !== 'done')).toEqual([]);
  return dumpShop(shop.id);
}

function shuffled<T>(items: T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
