import { describe, expect, it } from 'vitest';
import {
  advanceFlows,
  countSteps,
  enrol,
  exitRuns,
  listShopsWithDueRuns,
  setFlowEnabled,
} from '~/modules/flows/index.server';
import { advanceBatch } from '~/modules/flows/advance-batch.server';
import { listDecisions } from '~/modules/messaging/index.server';
import { prisma, withShop } from '~/platform/db/index.server';
import {
  anAbandonedCart,
  anOrder,
  aPerson,
  aShopWithFlows,
  flowsStart,
  hoursLater,
  mails,
  runs,
  setConsent,
} from '../../factories/flow';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

const cartFlow = { flows: ['abandoned_checkout' as const] };

/** Wakes the engine every hour, as the sweep would, only less often. */
async function live(shopId: number, fromHours: number, toHours: number): Promise<void> {
  for (let hour = fromHours; hour <= toHours; hour += 1) await advanceFlows(shopId, hoursLater(hour));
}

async function steps(shopId: number): Promise<(string | null)[]> {
  return (await mails(shopId)).map((mail) => mail.step);
}

describe('the abandoned checkout flow', () => {
  it('sends three mails: at once, and one and three days after the last activity, then is done', async () => {
    const shopId = await aShopWithFlows(cartFlow);
    const profileId = await aPerson(shopId);
    await anAbandonedCart(shopId, profileId);
    await live(shopId, 0, 80);
    expect(await mails(shopId)).toEqual([
      { profileId, step: 'first', at: flowsStart },
      { profileId, step: 'second', at: hoursLater(23) },
      { profileId, step: 'third', at: hoursLater(71) },
    ]);
    expect(await runs(shopId)).toMatchObject([{ state: 'done', exitReason: 'completed', dueAt: null }]);
    const counts = await withShop(shopId, (tx) => countSteps(tx, { shopId, flowKey: 'abandoned_checkout' }));
    expect(counts).toMatchObject({ entered: 1, completed: 1, waiting: 0 });
    expect(counts.nodes.third).toEqual({ waiting: 0, sent: 1, withheld: [] });
    const timeline = await prisma().timelineEvent.findMany({ where: { shopId }, orderBy: { id: 'asc' } });
    expect(timeline.map((event) => event.kind)).toEqual(['flow_entered', 'flow_exited']);
  });

  it('carries what a mail is about and writes it once, whoever asks again', async () => {
    const shopId = await aShopWithFlows(cartFlow);
    const token = await anAbandonedCart(shopId, await aPerson(shopId));
    await advanceFlows(shopId, flowsStart);
    await advanceFlows(shopId, flowsStart);
    const [run] = await runs(shopId);
    const messages = await prisma().message.findMany({ where: { shopId } });
    expect(messages).toMatchObject([
      {
        dedupeKey: `run:${run!.id}:first`,
        templateKey: 'abandoned_checkout.first',
        kind: 'marketing',
        status: 'queued',
        flowRunId: run!.id,
        context: { cartToken: token },
      },
    ]);
  });

  it('ends when an order is told, and at the latest before the next mail', async () => {
    const shopId = await aShopWithFlows(cartFlow);
    const told = await aPerson(shopId);
    const untold = await aPerson(shopId);
    await anAbandonedCart(shopId, told);
    await anAbandonedCart(shopId, untold);
    await live(shopId, 0, 1);
    await anOrder(shopId, { id: 1n, profileId: told, at: hoursLater(2) });
    await anOrder(shopId, { id: 2n, profileId: untold, at: hoursLater(2) });
    const event = { shopId, profileIds: [told], event: 'order_placed' as const, now: hoursLater(2) };
    const ended = await withShop(shopId, (tx) => exitRuns(tx, event));
    expect(ended.runIds).toHaveLength(1);
    expect((await withShop(shopId, (tx) => exitRuns(tx, event))).runIds).toEqual([]);
    expect((await runs(shopId)).map((run) => run.exitReason)).toEqual(['order_placed', null]);
    await live(shopId, 23, 24);
    expect((await runs(shopId)).map((run) => run.exitReason)).toEqual(['order_placed', 'order_placed']);
    expect(await steps(shopId)).toEqual(['first', 'first']);
  });

  it('sends nothing to someone who bought by another way between leaving the cart and entering', async () => {
    const shopId = await aShopWithFlows(cartFlow);
    const profileId = await aPerson(shopId);
    await anOrder(shopId, { id: 3n, profileId, at: hoursLater(-0.5) });
    await anAbandonedCart(shopId, profileId);
    await live(shopId, 0, 1);
    expect(await steps(shopId)).toEqual([]);
    expect((await runs(shopId))[0]?.exitReason).toBe('order_placed');
  });

  it('is not ended by an old order that is edited or imported', async () => {
    const shopId = await aShopWithFlows(cartFlow);
    const profileId = await aPerson(shopId);
    await anOrder(shopId, { id: 4n, profileId, at: hoursLater(-500) });
    await anAbandonedCart(shopId, profileId);
    const { runIds } = await withShop(shopId, (tx) =>
      exitRuns(tx, { shopId, profileIds: [profileId], event: 'order_placed', now: flowsStart }),
    );
    expect(runIds).toEqual([]);
  });

  it('waits while the cart is used again, and counts the next mails from then', async () => {
    const shopId = await aShopWithFlows(cartFlow);
    const token = await anAbandonedCart(shopId, await aPerson(shopId));
    await advanceFlows(shopId, flowsStart);
    await prisma().cart.updateMany({
      where: { shopId, token },
      data: { state: 'open', lastActivityAt: hoursLater(10) },
    });
    await live(shopId, 10, 100);
    expect((await mails(shopId)).map((mail) => mail.at)).toEqual([
      flowsStart,
      hoursLater(34),
      hoursLater(82),
    ]);
  });

  it('goes on with the newest cart only', async () => {
    const shopId = await aShopWithFlows(cartFlow);
    const profileId = await aPerson(shopId);
    await anAbandonedCart(shopId, profileId);
    await advanceFlows(shopId, flowsStart);
    await anAbandonedCart(shopId, profileId, hoursLater(5));
    await live(shopId, 5, 90);
    expect((await runs(shopId)).map((run) => run.exitReason)).toEqual(['superseded', 'completed']);
    expect(await steps(shopId)).toEqual(['first', 'first', 'second', 'third']);
  });

  it('ends with the unsubscribing; who never subscribed stays and each mail is withheld with the reason', async () => {
    const shopId = await aShopWithFlows(cartFlow);
    const leaving = await aPerson(shopId);
    const never = await aPerson(shopId, { consent: null });
    await anAbandonedCart(shopId, leaving);
    await anAbandonedCart(shopId, never);
    await advanceFlows(shopId, flowsStart);
    await setConsent(shopId, leaving, 'unsubscribed', hoursLater(3));
    await live(shopId, 23, 80);
    expect((await runs(shopId)).map((run) => run.exitReason)).toEqual(['unsubscribed', 'completed']);
    expect(await steps(shopId)).toEqual(['first']);
    const why = await withShop(shopId, (tx) => listDecisions(tx, { shopId, profileId: never }));
    expect(
      why.map(({ nodeKey, outcome, reason, details }) => ({ nodeKey, outcome, reason, details })),
    ).toEqual(
      ['third', 'second', 'first'].map((nodeKey) => ({
        nodeKey,
        outcome: 'withhold',
        reason: 'not_subscribed',
        details: { consent: 'not_subscribed' },
      })),
    );
    const told = await prisma().timelineEvent.count({
      where: { shopId, profileId: never, kind: 'email_withheld' },
    });
    expect(told).toBe(3);
  });
});

describe('flows about an order', () => {
  const thanks = {
    flows: ['first_order_thank_you' as const],
    settings: { quietHoursStart: 600, quietHoursEnd: 720 },
  };
  const undone = [
    { cancelledAt: flowsStart },
    { deletedAt: flowsStart },
    { financialStatus: 'refunded' },
    { financialStatus: 'voided' },
  ];

  it.each([...undone, { financialStatus: 'partially_refunded' }])(
    'thank for it unless it is undone: %o',
    async (change) => {
      const shopId = await aShopWithFlows(thanks);
      const profileId = await aPerson(shopId);
      await anOrder(shopId, { id: 1n, profileId, at: flowsStart });
      const entry = { profileId, runKey: 'first_order', context: { orderId: '1' } };
      await withShop(shopId, (tx) =>
        enrol(tx, { shopId, trigger: 'first_order_paid', entries: [entry], now: flowsStart }),
      );
      await live(shopId, 0, 1);
      expect(await steps(shopId)).toEqual([]); // quiet until noon
      await prisma().order.updateMany({ where: { shopId }, data: change });
      await live(shopId, 2, 3);
      const isUndone = undone.includes(change);
      expect(await steps(shopId)).toEqual(isUndone ? [] : ['thanks']);
      expect((await runs(shopId))[0]?.exitReason).toBe(isUndone ? 'order_undone' : 'completed');
    },
  );
});

describe('the arbiter in the engine', () => {
  it('defers through quiet hours on the night the clock is turned back, and sends once when they end', async () => {
    const shopId = await aShopWithFlows({
      ...cartFlow,
      timeZone: 'Europe/Berlin',
      settings: { quietHoursStart: 20 * 60, quietHoursEnd: 8 * 60 },
    });
    const late = new Date('2026-10-24T20:30:00Z'); // 22:30 in Berlin
    const profileId = await aPerson(shopId);
    await anAbandonedCart(shopId, profileId, late);
    for (let minutes = 0; minutes <= 16 * 60; minutes += 20) {
      await advanceFlows(shopId, new Date(late.getTime() + minutes * 60_000));
    }
    const [mail, ...more] = await mails(shopId);
    expect(more).toEqual([]);
    expect(mail?.at.toISOString()).toMatch(/^2026-10-25T07:(00|10):/); // 08:00 in winter time
    const why = await withShop(shopId, (tx) => listDecisions(tx, { shopId, profileId }));
    expect(why.map((decision) => [decision.outcome, decision.reason])).toEqual([
      ['send', 'ok'],
      ['defer', 'quiet_hours'],
    ]);
    expect(why[1]?.until?.toISOString()).toBe('2026-10-25T07:00:00.000Z');
  });

  it('defers at the cap until the window frees up', async () => {
    const shopId = await aShopWithFlows({ ...cartFlow, settings: { capMessages: 1, capWindowHours: 36 } });
    await anAbandonedCart(shopId, await aPerson(shopId));
    await live(shopId, 0, 110);
    expect((await mails(shopId)).map((mail) => mail.at)).toEqual([
      flowsStart,
      hoursLater(36),
      hoursLater(72),
    ]);
  });

  it('counts two flows for one person together, in one batch', async () => {
    const shopId = await aShopWithFlows({
      flows: ['abandoned_checkout', 'first_order_thank_you'],
      settings: { capMessages: 1, capWindowHours: 24 },
    });
    const profileId = await aPerson(shopId);
    await anAbandonedCart(shopId, profileId);
    await withShop(shopId, (tx) =>
      enrol(tx, {
        shopId,
        trigger: 'first_order_paid',
        entries: [{ profileId, runKey: '77', context: { orderId: '77' } }],
        now: flowsStart,
      }),
    );
    await advanceFlows(shopId, flowsStart);
    expect(await steps(shopId)).toEqual(['first']);
    await live(shopId, 1, 24);
    expect((await mails(shopId)).map((mail) => [mail.step, mail.at])).toEqual([
      ['first', flowsStart],
      ['thanks', hoursLater(24)],
    ]);
  });

  it('keeps a holdout back at every step and lets the run go through', async () => {
    const shopId = await aShopWithFlows({ ...cartFlow, settings: { holdoutPercent: 50 } });
    for (let person = 0; person < 40; person += 1) await anAbandonedCart(shopId, await aPerson(shopId));
    await live(shopId, 0, 1);
    await live(shopId, 23, 23);
    await live(shopId, 71, 71);
    const all = await runs(shopId);
    const heldOut = all.filter((run) => run.holdout);
    expect(heldOut.length).toBeGreaterThan(8);
    expect(heldOut.length).toBeLessThan(32);
    expect(all.every((run) => run.state === 'done')).toBe(true);
    const mailed = new Set((await mails(shopId)).map((mail) => mail.profileId));
    expect(heldOut.some((run) => mailed.has(run.profileId))).toBe(false);
    expect(mailed.size).toBe(40 - heldOut.length);
    const counts = await withShop(shopId, (tx) => countSteps(tx, { shopId, flowKey: 'abandoned_checkout' }));
    expect(counts.heldOut).toBe(heldOut.length);
    expect(counts.nodes.second?.withheld).toEqual([{ reason: 'holdout', runs: heldOut.length }]);
  });
});

describe('holding and going on', () => {
  it('holds runs of a flow that is off and goes on when it is on again; what is too late is withheld', async () => {
    const shopId = await aShopWithFlows(cartFlow);
    const profileId = await aPerson(shopId);
    await anAbandonedCart(shopId, profileId);
    await advanceFlows(shopId, flowsStart);
    const set = (enabled: boolean, now: Date) =>
      withShop(shopId, (tx) => setFlowEnabled(tx, { shopId, key: 'abandoned_checkout', enabled, now }));
    await set(false, hoursLater(2));
    await live(shopId, 20, 30);
    expect(await steps(shopId)).toEqual(['first']);
    expect(
      await prisma().$transaction((tx) => listShopsWithDueRuns(tx, { now: hoursLater(30) })),
    ).not.toContain(shopId);
    await set(true, hoursLater(30));
    await live(shopId, 30, 31);
    expect(await steps(shopId)).toEqual(['first', 'second']);
    await set(false, hoursLater(32));
    await set(true, hoursLater(24 * 20));
    await advanceFlows(shopId, hoursLater(24 * 20));
    expect(await steps(shopId)).toEqual(['first', 'second']);
    const [last] = await withShop(shopId, (tx) => listDecisions(tx, { shopId, profileId }));
    expect(last).toMatchObject({ nodeKey: 'third', outcome: 'withhold', reason: 'too_late' });
  });

  it('lets the runs of an uninstalled shop wait', async () => {
    const shopId = await aShopWithFlows(cartFlow);
    await anAbandonedCart(shopId, await aPerson(shopId));
    await prisma().shop.update({ where: { id: shopId }, data: { status: 'uninstalled' } });
    expect(await advanceFlows(shopId, hoursLater(1))).toEqual({ advanced: 0 });
    expect(
      await prisma().$transaction((tx) => listShopsWithDueRuns(tx, { now: hoursLater(1) })),
    ).not.toContain(shopId);
    await prisma().shop.update({ where: { id: shopId }, data: { status: 'active' } });
    expect(await prisma().$transaction((tx) => listShopsWithDueRuns(tx, { now: hoursLater(1) }))).toContain(
      shopId,
    );
    await advanceFlows(shopId, hoursLater(1));
    expect(await steps(shopId)).toEqual(['first']);
  });

  it('keeps a run on the version it began with', async () => {
    const shopId = await aShopWithFlows(cartFlow);
    await anAbandonedCart(shopId, await aPerson(shopId));
    await advanceFlows(shopId, flowsStart);
    await prisma().$executeRaw`
      INSERT INTO flow_versions (shop_id, flow_key, version, definition, created_at)
      SELECT shop_id, flow_key, 2, jsonb_set(definition, '{nodes,4,templateKey}', '"win_back"'), created_at
      FROM flow_versions WHERE shop_id = ${shopId} AND flow_key = 'abandoned_checkout'`;
    await prisma().flow.update({
      where: { shopId_key: { shopId, key: 'abandoned_checkout' } },
      data: { version: 2 },
    });
    await anAbandonedCart(shopId, await aPerson(shopId), hoursLater(1));
    await live(shopId, 1, 25);
    const templates = await prisma().message.findMany({
      where: { shopId, nodeKey: 'second' },
      orderBy: { id: 'asc' },
    });
    expect(templates.map((message) => message.templateKey)).toEqual([
      'abandoned_checkout.second',
      'win_back',
    ]);
    expect((await runs(shopId)).map((run) => run.version)).toEqual([1, 2]);
  });
});

describe('many at once, and failing', () => {
  it('sends every mail once when eight workers advance at the same time', async () => {
    const shopId = await aShopWithFlows(cartFlow);
    for (let person = 0; person < 30; person += 1) await anAbandonedCart(shopId, await aPerson(shopId));
    await prisma().$executeRaw`
      INSERT INTO flow_runs (shop_id, flow_key, version, profile_id, run_key, state, node_key, node_since, due_at, context, entered_at)
      SELECT shop_id, flow_key, version, profile_id, run_key || '-' || n, state, node_key, node_since, due_at, '{}', entered_at
      FROM flow_runs, generate_series(1, 19) AS n WHERE shop_id = ${shopId}`;
    // 600 runs of 30 people, each person's older ones superseded by the newest.
    const wave = (now: Date) => Promise.all(Array.from({ length: 8 }, () => advanceFlows(shopId, now)));
    const taken = (await wave(flowsStart)).reduce((sum, result) => sum + result.advanced, 0);
    expect(taken).toBe(600); // each run by one worker
    await wave(hoursLater(24));
    const sent = await mails(shopId);
    expect(sent.filter((mail) => mail.step === 'first')).toHaveLength(30);
    expect(sent.filter((mail) => mail.step === 'second')).toHaveLength(30);
  });

  it('never exceeds the cap when several runs of one person are taken by different workers', async () => {
    const shopId = await aShopWithFlows({
      flows: ['first_order_thank_you'],
      settings: { capMessages: 2, capWindowHours: 24 },
    });
    const profileId = await aPerson(shopId);
    const version = 1;
    await prisma().$executeRaw`
      INSERT INTO flow_runs (shop_id, flow_key, version, profile_id, run_key, state, node_key, node_since, due_at, entered_at)
      SELECT ${shopId}, 'first_order_thank_you', ${version}::int, ${profileId}, n::text, 'waiting', 'paid', ${flowsStart}, ${flowsStart}, ${flowsStart}
      FROM generate_series(1, 1000) AS n`;
    await Promise.all(Array.from({ length: 8 }, () => advanceFlows(shopId, flowsStart)));
    expect(await mails(shopId)).toHaveLength(2);
    expect(
      (await runs(shopId)).filter((run) => run.dueAt?.getTime() === hoursLater(24).getTime()),
    ).toHaveLength(998);
  });

  it('changes nothing when it dies before the commit, and completes afterwards', async () => {
    const shopId = await aShopWithFlows(cartFlow);
    await anAbandonedCart(shopId, await aPerson(shopId));
    const before = await runs(shopId);
    const dying = withShop(shopId, async (tx) => {
      await advanceBatch(tx, {
        shopId,
        now: flowsStart,
        limit: 200,
        runIds: null,
        definitions: new Map(),
        onClaim: () => {},
      });
      throw new Error('killed');
    });
    await expect(dying).rejects.toThrow('killed');
    expect(await runs(shopId)).toEqual(before);
    expect(await steps(shopId)).toEqual([]);
    await advanceFlows(shopId, flowsStart);
    expect(await steps(shopId)).toEqual(['first']);
  });

  it('sets aside a run that throws, tries it again later, ends it after five attempts; the others go on', async () => {
    const shopId = await aShopWithFlows(cartFlow);
    for (let person = 0; person < 5; person += 1) await anAbandonedCart(shopId, await aPerson(shopId));
    const bad = (await runs(shopId))[2]!;
    await prisma().flowRun.updateMany({ where: { shopId, id: bad.id }, data: { nodeKey: 'nowhere' } });
    await advanceFlows(shopId, flowsStart);
    expect(await steps(shopId)).toHaveLength(4);
    const held = (await runs(shopId))[2]!;
    expect(held).toMatchObject({ state: 'waiting', attempts: 1 });
    expect(held.error).toContain('nowhere');
    expect(held.dueAt!.getTime()).toBe(flowsStart.getTime() + 60_000);
    await live(shopId, 0.5, 5);
    expect((await runs(shopId))[2]).toMatchObject({ state: 'exited', exitReason: 'error', attempts: 5 });
    expect(await steps(shopId)).toHaveLength(4);
  });

  it('finds by halving the one run that the database refuses', async () => {
    const shopId = await aShopWithFlows(cartFlow);
    for (let person = 0; person < 7; person += 1) await anAbandonedCart(shopId, await aPerson(shopId));
    const bad = (await runs(shopId))[4]!;
    await prisma().$executeRawUnsafe(
      `ALTER TABLE messages ADD CONSTRAINT test_refused CHECK (dedupe_key <> 'run:${bad.id}:first')`,
    );
    await advanceFlows(shopId, flowsStart);
    await prisma().$executeRawUnsafe('ALTER TABLE messages DROP CONSTRAINT test_refused');
    expect(await steps(shopId)).toHaveLength(6);
    expect((await runs(shopId))[4]).toMatchObject({ attempts: 1, state: 'waiting' });
    await advanceFlows(shopId, hoursLater(0.1));
    expect(await steps(shopId)).toHaveLength(7);
    expect((await runs(shopId))[4]).toMatchObject({ attempts: 0, error: null });
  });

  it('does not touch the runs of another shop', async () => {
    const here = await aShopWithFlows(cartFlow);
    const there = await aShopWithFlows(cartFlow);
    await anAbandonedCart(here, await aPerson(here));
    await anAbandonedCart(there, await aPerson(there));
    await advanceFlows(here, flowsStart);
    expect(await steps(here)).toEqual(['first']);
    expect(await steps(there)).toEqual([]);
    expect(await prisma().$transaction((tx) => listShopsWithDueRuns(tx, { now: flowsStart }))).toContain(
      there,
    );
    const theirs = await runs(there);
    const ended = await withShop(here, (tx) =>
      exitRuns(tx, { shopId: there, profileIds: [theirs[0]!.profileId], event: 'redacted', now: flowsStart }),
    );
    expect(ended.runIds).toEqual([]);
  });
});
