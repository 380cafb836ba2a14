import { describe, expect, it } from 'vitest';
import {
  ensureFlows,
  getFlow,
  listFlows,
  listShopsToScan,
  setFlowEnabled,
  updateTriggerDays,
} from '~/modules/flows/index.server';
import { flowKeys } from '~/modules/flows/types';
import { prisma, withShop } from '~/platform/db/index.server';
import { aShopWithFlows, flowsStart, hoursLater } from '../../factories/flow';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

async function emptyShop(): Promise<number> {
  const at = { installedAt: flowsStart, updatedAt: flowsStart };
  const shop = await prisma().shop.create({
    data: { domain: `e${Math.random()}.example`, status: 'active', ...at },
  });
  return shop.id;
}

function ensure(shopId: number): Promise<void> {
  return withShop(shopId, (tx) => ensureFlows(tx, { shopId, now: flowsStart }));
}

function versions(shopId: number) {
  return prisma().flowVersion.findMany({
    where: { shopId },
    orderBy: [{ flowKey: 'asc' }, { version: 'asc' }],
  });
}

async function toScan(): Promise<number[]> {
  return prisma().$transaction((tx) => listShopsToScan(tx));
}

describe('the flows of a shop', () => {
  it('are there once, switched off, however many ensure them at once', async () => {
    const shopId = await emptyShop();
    expect(await toScan()).toContain(shopId);
    await Promise.all(Array.from({ length: 6 }, () => ensure(shopId)));
    await ensure(shopId);
    const flows = await withShop(shopId, (tx) => listFlows(tx, { shopId }));
    expect(flows.map((flow) => [flow.key, flow.enabled, flow.version])).toEqual([
      ['abandoned_checkout', false, 1],
      ['first_order_thank_you', false, 1],
      ['points_expiring', false, 1],
      ['referral_invitation', false, 1],
      ['referral_reward', false, 1],
      ['referral_welcome', false, 1],
      ['reward_available', false, 1],
      ['tier_up', false, 1],
      ['win_back', false, 1],
    ]);
    expect(await versions(shopId)).toHaveLength(flowKeys.length);
    expect(await toScan()).not.toContain(shopId);
  });

  it('get a new version when the definition in the code is another, with the days the merchant chose', async () => {
    const shopId = await aShopWithFlows();
    await withShop(shopId, (tx) =>
      updateTriggerDays(tx, { shopId, key: 'win_back', days: 90, now: flowsStart }),
    );
    await prisma().flowVersion.updateMany({
      where: { shopId, flowKey: 'win_back' },
      data: { libraryHash: 'of last year' },
    });
    expect(await toScan()).toContain(shopId);
    await Promise.all([ensure(shopId), ensure(shopId)]);
    const flow = await withShop(shopId, (tx) => getFlow(tx, { shopId, key: 'win_back' }));
    expect(flow.version).toBe(3);
    expect(flow.definition.nodes[0]).toMatchObject({ trigger: { days: 90 } });
    expect(await versions(shopId)).toHaveLength(flowKeys.length + 2);
    expect(await toScan()).not.toContain(shopId);
  });

  it('are scanned when one that starts by time is on', async () => {
    const shopId = await aShopWithFlows({ flows: ['abandoned_checkout'] });
    expect(await toScan()).not.toContain(shopId);
    await withShop(shopId, (tx) =>
      setFlowEnabled(tx, { shopId, key: 'win_back', enabled: true, now: flowsStart }),
    );
    expect(await toScan()).toContain(shopId);
    await prisma().shop.update({ where: { id: shopId }, data: { status: 'uninstalled' } });
    expect(await toScan()).not.toContain(shopId);
  });

  it('remember when they were switched on, not that it was done twice', async () => {
    const shopId = await aShopWithFlows();
    const set = (enabled: boolean, now: Date) =>
      withShop(shopId, (tx) => setFlowEnabled(tx, { shopId, key: 'win_back', enabled, now }));
    const enabledAt = async () =>
      (await withShop(shopId, (tx) => getFlow(tx, { shopId, key: 'win_back' }))).enabledAt;
    await set(true, flowsStart);
    await set(true, hoursLater(1));
    expect(await enabledAt()).toEqual(flowsStart);
    await set(false, hoursLater(2));
    await set(true, hoursLater(3));
    expect(await enabledAt()).toEqual(hoursLater(3));
  });

  it('can be drawn; one that is not there is not found', async () => {
    const shopId = await aShopWithFlows();
    const flow = await withShop(shopId, (tx) => getFlow(tx, { shopId, key: 'abandoned_checkout' }));
    expect(flow.picture.nodes).toHaveLength(8);
    expect(flow.picture.edges).toHaveLength(7);
    await expect(withShop(shopId, (tx) => getFlow(tx, { shopId, key: 'newsletter' }))).rejects.toMatchObject({
      code: 'not_found',
    });
    const other = await aShopWithFlows();
    expect(await withShop(other, (tx) => listFlows(tx, { shopId }))).toEqual([]);
  });

  it('take a new number of days once, from two merchants at once too', async () => {
    const shopId = await aShopWithFlows();
    const choose = () =>
      withShop(shopId, (tx) => updateTriggerDays(tx, { shopId, key: 'win_back', days: 45, now: flowsStart }));
    await Promise.all([choose(), choose(), choose()]);
    expect(await versions(shopId)).toHaveLength(flowKeys.length + 1);
  });

  it.each([0, 731, 1.5])('refuse to start after %d days', async (days) => {
    const shopId = await aShopWithFlows();
    const change = withShop(shopId, (tx) =>
      updateTriggerDays(tx, { shopId, key: 'win_back', days, now: flowsStart }),
    );
    await expect(change).rejects.toMatchObject({ code: 'invalid' });
  });

  it('that do not start by time have no days to change', async () => {
    const shopId = await aShopWithFlows();
    const change = withShop(shopId, (tx) =>
      updateTriggerDays(tx, { shopId, key: 'abandoned_checkout', days: 3, now: flowsStart }),
    );
    await expect(change).rejects.toMatchObject({ code: 'invalid' });
  });
});
