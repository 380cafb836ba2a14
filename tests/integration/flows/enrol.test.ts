import { describe, expect, it } from 'vitest';
import { enrol, exitRuns, listRunsOfProfile, mergeRuns, setFlowEnabled } from '~/modules/flows/index.server';
import type { FlowEntry } from '~/modules/flows/types';
import { prisma, withShop } from '~/platform/db/index.server';
import {
  anAbandonedCart,
  anOrder,
  aPerson,
  aShopWithFlows,
  flowsStart,
  hoursLater,
  runs,
  setConsent,
} from '../../factories/flow';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

function enter(shopId: number, entries: FlowEntry[], now = flowsStart) {
  return withShop(shopId, (tx) => enrol(tx, { shopId, flowKey: 'first_order_thank_you', entries, now }));
}

function entry(profileId: bigint, order = 1): FlowEntry {
  return { profileId, runKey: String(order), context: { orderId: String(order) } };
}

const thankYou = { flows: ['first_order_thank_you' as const] };

describe('entering a flow', () => {
  it('makes one run per cause, however often and by how many at once it is told', async () => {
    const shopId = await aShopWithFlows(thankYou);
    const people = await Promise.all(Array.from({ length: 20 }, () => aPerson(shopId)));
    const entries = people.map((profileId) => entry(profileId));
    const results = await Promise.all(
      Array.from({ length: 6 }, (_, turn) => enter(shopId, turn % 2 ? entries : [...entries].reverse())),
    );
    expect(results.reduce((sum, result) => sum + result.runIds.length, 0)).toBe(20);
    expect((await enter(shopId, [...entries, ...entries])).runIds).toEqual([]);
    expect((await enter(shopId, [entry(people[0]!, 2)])).runIds).toHaveLength(1);
    expect(await runs(shopId)).toHaveLength(21);
  });

  it('starts at the trigger, due now, with its cause, and tells the timeline', async () => {
    const shopId = await aShopWithFlows(thankYou);
    const profileId = await aPerson(shopId);
    await enter(shopId, [entry(profileId)]);
    const [run] = await withShop(shopId, (tx) => listRunsOfProfile(tx, { shopId, profileId }));
    expect(run).toMatchObject({
      flowKey: 'first_order_thank_you',
      version: 1,
      state: 'waiting',
      nodeKey: 'paid',
      dueAt: flowsStart,
      context: { orderId: '1' },
      holdout: false,
    });
    const [told] = await prisma().timelineEvent.findMany({ where: { shopId, profileId } });
    expect(told).toMatchObject({ kind: 'flow_entered', data: { flowKey: 'first_order_thank_you' } });
  });

  it('takes nobody in while the flow is off, nor for causes from before it was on', async () => {
    const shopId = await aShopWithFlows();
    const profileId = await aPerson(shopId);
    expect((await enter(shopId, [entry(profileId)])).runIds).toEqual([]);
    const now = hoursLater(1);
    await withShop(shopId, (tx) =>
      setFlowEnabled(tx, { shopId, key: 'first_order_thank_you', enabled: true, now }),
    );
    const early = { ...entry(profileId), occurredAt: flowsStart };
    expect((await enter(shopId, [early], hoursLater(2))).runIds).toEqual([]);
    expect((await enter(shopId, [{ ...early, occurredAt: now }], hoursLater(2))).runIds).toHaveLength(1);
  });

  it('enters by trigger, and only the flows of that trigger', async () => {
    const shopId = await aShopWithFlows({
      flows: ['abandoned_checkout', 'first_order_thank_you', 'win_back'],
    });
    const profileId = await aPerson(shopId);
    await anAbandonedCart(shopId, profileId);
    expect((await runs(shopId)).map((run) => run.flowKey)).toEqual(['abandoned_checkout']);
  });

  it('is undone with the transaction of its cause', async () => {
    const shopId = await aShopWithFlows(thankYou);
    const profileId = await aPerson(shopId);
    const cause = withShop(shopId, async (tx) => {
      await enrol(tx, {
        shopId,
        flowKey: 'first_order_thank_you',
        entries: [entry(profileId)],
        now: flowsStart,
      });
      throw new Error('no');
    });
    await expect(cause).rejects.toThrow('no');
    expect(await runs(shopId)).toEqual([]);
  });

  it('refuses an entry without a key, and a context with anything but ids', async () => {
    const shopId = await aShopWithFlows(thankYou);
    const profileId = await aPerson(shopId);
    await expect(enter(shopId, [{ ...entry(profileId), runKey: '' }])).rejects.toMatchObject({
      code: 'invalid',
    });
    const context = { email: 'someone@example.com' };
    await expect(enter(shopId, [{ profileId, runKey: '1', context }] as FlowEntry[])).rejects.toMatchObject({
      code: 'invalid',
    });
  });

  it('keeps shops apart', async () => {
    const here = await aShopWithFlows(thankYou);
    const there = await aShopWithFlows(thankYou);
    const profileId = await aPerson(here);
    await enter(here, [entry(profileId)]);
    expect(await runs(there)).toEqual([]);
    const wrong = withShop(here, (tx) =>
      enrol(tx, {
        shopId: there,
        flowKey: 'first_order_thank_you',
        entries: [entry(profileId)],
        now: flowsStart,
      }),
    );
    await expect(wrong).resolves.toEqual({ runIds: [] }); // the other shop's flows can't even be seen
  });

  it('holds out the same people every time, and only more when the share grows', async () => {
    const shopId = await aShopWithFlows({ ...thankYou, settings: { holdoutPercent: 20 } });
    const people = await Promise.all(Array.from({ length: 60 }, () => aPerson(shopId)));
    const heldOutIn = async (order: number) => {
      await enter(
        shopId,
        people.map((profileId) => entry(profileId, order)),
      );
      const rows = await prisma().flowRun.findMany({
        where: { shopId, runKey: String(order), holdout: true },
      });
      return new Set(rows.map((row) => row.profileId));
    };
    const first = await heldOutIn(1);
    expect(await heldOutIn(2)).toEqual(first);
    await prisma().shopSettings.update({ where: { shopId }, data: { holdoutPercent: 50 } });
    const more = await heldOutIn(3);
    expect(more.size).toBeGreaterThan(first.size);
    expect([...first].every((profileId) => more.has(profileId))).toBe(true);
    expect(first.size).toBeGreaterThan(2);
  });
});

describe('leaving a flow', () => {
  it('ends by an order what ends by orders, never the thank-you for it', async () => {
    const shopId = await aShopWithFlows({
      flows: ['abandoned_checkout', 'first_order_thank_you', 'win_back'],
    });
    const profileId = await aPerson(shopId);
    await anOrder(shopId, { id: 5n, profileId, at: hoursLater(-100) });
    await anAbandonedCart(shopId, profileId);
    await withShop(shopId, (tx) =>
      enrol(tx, { shopId, flowKey: 'win_back', entries: [entry(profileId, 5)], now: flowsStart }),
    );
    await anOrder(shopId, { id: 6n, profileId, at: hoursLater(1) });
    await enter(shopId, [entry(profileId, 6)], hoursLater(1));
    await withShop(shopId, (tx) =>
      exitRuns(tx, { shopId, profileIds: [profileId], event: 'order_placed', now: hoursLater(1) }),
    );
    const states = Object.fromEntries((await runs(shopId)).map((run) => [run.flowKey, run.exitReason]));
    expect(states).toEqual({
      abandoned_checkout: 'order_placed',
      win_back: 'order_placed',
      first_order_thank_you: null,
    });
  });

  it('ends by a closed cart only the run about that cart', async () => {
    const shopId = await aShopWithFlows({ flows: ['abandoned_checkout'] });
    const profileId = await aPerson(shopId);
    const closed = await anAbandonedCart(shopId, profileId);
    await anAbandonedCart(shopId, profileId, hoursLater(1));
    await prisma().cart.updateMany({ where: { shopId, token: closed }, data: { state: 'deleted' } });
    await withShop(shopId, (tx) =>
      exitRuns(tx, { shopId, profileIds: [profileId], event: 'cart_closed', now: hoursLater(2) }),
    );
    expect((await runs(shopId)).map((run) => run.exitReason)).toEqual(['cart_closed', null]);
  });

  it('ends by unsubscribing, when that is what was told; by erasure always', async () => {
    const shopId = await aShopWithFlows({ flows: ['abandoned_checkout'] });
    const profileId = await aPerson(shopId);
    const other = await aPerson(shopId);
    await anAbandonedCart(shopId, profileId);
    await anAbandonedCart(shopId, other);
    const tell = (event: 'unsubscribed' | 'redacted', profileIds: bigint[]) =>
      withShop(shopId, (tx) => exitRuns(tx, { shopId, profileIds, event, now: hoursLater(2) }));
    await setConsent(shopId, profileId, 'subscribed', hoursLater(1));
    expect((await tell('unsubscribed', [profileId])).runIds).toEqual([]);
    await setConsent(shopId, profileId, 'unsubscribed', hoursLater(2));
    expect((await tell('unsubscribed', [profileId, other])).runIds).toHaveLength(1);
    expect((await tell('redacted', [other])).runIds).toHaveLength(1);
    expect((await runs(shopId)).map((run) => run.exitReason)).toEqual(['unsubscribed', 'redacted']);
  });
});

describe('merging two people', () => {
  it('moves the runs, and ends one where both were in for the same cause', async () => {
    const shopId = await aShopWithFlows(thankYou);
    const [kept, gone, also] = [await aPerson(shopId), await aPerson(shopId), await aPerson(shopId)];
    await enter(shopId, [entry(kept, 1), entry(gone, 1), entry(gone, 2), entry(also, 2), entry(also, 3)]);
    const merges = [gone, also].map((fromProfileId) => ({ fromProfileId, intoProfileId: kept }));
    const merge = () => withShop(shopId, (tx) => mergeRuns(tx, { shopId, merges, now: hoursLater(1) }));
    await merge();
    await merge();
    const rows = await runs(shopId);
    const standing = rows.filter((run) => run.state === 'waiting');
    expect(standing.map((run) => [run.profileId, run.runKey])).toEqual([
      [kept, '1'],
      [kept, '2'],
      [kept, '3'],
    ]);
    expect(rows.filter((run) => run.state === 'exited').map((run) => run.exitReason)).toEqual([
      'merged',
      'merged',
    ]);
  });
});
