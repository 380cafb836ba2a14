import { describe, expect, it } from 'vitest';
import { advanceFlows, scanTimeTriggers } from '~/modules/flows/index.server';
import { flowKeys } from '~/modules/flows/types';
import { prisma } from '~/platform/db/index.server';
import { anOrder, aPerson, aShopWithFlows, flowsStart, hoursLater, mails, runs } from '../../factories/flow';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

const winBack = { flows: ['win_back' as const] };

function days(count: number): Date {
  return hoursLater(count * 24);
}

describe('win-back', () => {
  it('enters a customer on the 60th day of silence, once, and sends one mail', async () => {
    const shopId = await aShopWithFlows(winBack);
    const profileId = await aPerson(shopId, { lastOrder: { id: 1n, at: flowsStart } });
    await aPerson(shopId); // never ordered
    expect(await scanTimeTriggers(shopId, new Date(days(60).getTime() - 1))).toEqual({ enrolled: 0 });
    expect(await scanTimeTriggers(shopId, days(60))).toEqual({ enrolled: 1 });
    expect(await scanTimeTriggers(shopId, days(60))).toEqual({ enrolled: 0 });
    expect(await scanTimeTriggers(shopId, days(65))).toEqual({ enrolled: 0 });
    expect(await runs(shopId)).toMatchObject([{ profileId, runKey: '1', context: { orderId: '1' } }]);
    await advanceFlows(shopId, days(60));
    await advanceFlows(shopId, days(70));
    expect(await mails(shopId)).toEqual([{ profileId, step: 'hello', at: days(60) }]);
  });

  it('enters again after another order and another silence', async () => {
    const shopId = await aShopWithFlows(winBack);
    const profileId = await aPerson(shopId, { lastOrder: { id: 1n, at: flowsStart } });
    await scanTimeTriggers(shopId, days(60));
    await anOrder(shopId, { id: 2n, profileId, at: days(61) });
    await prisma().profileTraits.updateMany({
      where: { shopId, profileId },
      data: { lastOrderAt: days(61) },
    });
    await advanceFlows(shopId, days(61));
    expect(await mails(shopId)).toEqual([]); // the order came first
    expect(await scanTimeTriggers(shopId, days(120))).toEqual({ enrolled: 0 });
    expect(await scanTimeTriggers(shopId, days(121))).toEqual({ enrolled: 1 });
    await advanceFlows(shopId, days(121));
    expect(await mails(shopId)).toHaveLength(1);
  });

  it('leaves those alone who had been silent before it was switched on, and those too long ago for the mail', async () => {
    const shopId = await aShopWithFlows(winBack); // on since a day before the start
    await aPerson(shopId, { lastOrder: { id: 1n, at: days(-62) } }); // silent for 60 days a day before it was on
    await aPerson(shopId, { lastOrder: { id: 2n, at: days(-60.5) } }); // half a day after
    expect(await scanTimeTriggers(shopId, flowsStart)).toEqual({ enrolled: 1 });
    await aPerson(shopId, { lastOrder: { id: 3n, at: days(-59) } });
    // Nobody looked for a month: the mail would be out of place now.
    expect(await scanTimeTriggers(shopId, days(31))).toEqual({ enrolled: 0 });
  });

  it('catches everyone once when it looks late, in several batches, and by several workers at once', async () => {
    const shopId = await aShopWithFlows(winBack);
    await prisma().$executeRaw`
      WITH people AS (
        INSERT INTO profiles (shop_id, email, first_seen_at)
        SELECT ${shopId}, 'silent-' || n || '@example.com', ${flowsStart}::timestamptz FROM generate_series(1, 2500) n RETURNING id),
      orders AS (
        INSERT INTO orders (shop_id, id, name, profile_id, currency, presentment_currency, presentment_total, subtotal, discounts,
                            shipping, tax, taxes_included, total, processed_at, shopify_updated_at)
        SELECT ${shopId}, id, '#' || id, id, 'EUR', 'EUR', 1, 1, 0, 0, 0, true, 1, ${flowsStart}::timestamptz, ${flowsStart}::timestamptz
        FROM people)
      INSERT INTO profile_traits (shop_id, profile_id, orders_count, last_order_at)
      SELECT ${shopId}, id, 1, ${flowsStart}::timestamptz FROM people`;
    await prisma().$executeRaw`ANALYZE profiles, orders, profile_traits`;
    const results = await Promise.all([1, 2, 3].map(() => scanTimeTriggers(shopId, days(63))));
    expect(results.reduce((sum, result) => sum + result.enrolled, 0)).toBe(2500);
    expect(await prisma().flowRun.count({ where: { shopId } })).toBe(2500);
  });

  it('does nothing for a shop in which it is off, and gives that shop its flows', async () => {
    const at = { installedAt: flowsStart, updatedAt: flowsStart };
    const shop = await prisma().shop.create({ data: { domain: 'late.example', status: 'active', ...at } });
    await aPerson(shop.id, { lastOrder: { id: 1n, at: flowsStart } });
    expect(await scanTimeTriggers(shop.id, days(60))).toEqual({ enrolled: 0 });
    expect(await prisma().flow.count({ where: { shopId: shop.id } })).toBe(flowKeys.length);
  });
});
