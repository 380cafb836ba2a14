import { describe, expect, it } from 'vitest';
import { getReferralsPage } from '~/modules/insights/index.server';
import { prisma, withShop } from '~/platform/db/index.server';
import { finishOffer } from '~/processes/finish-offer.server';
import { guest } from '../../factories/facts';
import { after, claimedAt, friend, referralWorld as world } from '../../factories/referrals';
import { FakeCodes } from '../../factories/rewards';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

const minutes = (count: number) => new Date(claimedAt.getTime() + count * 60_000);

describe('a friend’s code', () => {
  const active = (w: Awaited<ReturnType<typeof world>>) =>
    [...w.codes.made.values()].map((code) => code.active);

  it('stops working when the referral is rejected, however often and at once that is carried out', async () => {
    const w = await world();
    await w.claim();
    expect(active(w)).toEqual([true]);
    const seven = () => Promise.all(Array.from({ length: 7 }, () => w.decide('rejected', after(1))));
    for (let round = 0; round < 3; round += 1) await seven();
    expect(await w.only()).toMatchObject({ state: 'rejected', offerState: 'ending' });
    await Promise.all([w.sweep(after(1.1)), w.sweep(after(1.1)), w.sweep(after(1.1))]);
    expect([active(w), (await w.only()).offerState]).toEqual([[false], 'ended']);
    await w.sweep(after(30));
    expect(await w.claim()).toMatchObject({ state: 'rejected', offerState: 'ended' }); // and no other is made
    expect(w.codes.creations).toBe(1);
  });

  it('stops working when something exact comes to light after the claim', async () => {
    const w = await world();
    await w.claim();
    await w.order({ id: 9n, processedAt: after(-9), updatedAt: after(-9) });
    expect((await w.only()).state).toBe('blocked');
    await w.sweep(after(1.1));
    expect([active(w), (await w.only()).offerState]).toEqual([[false], 'ended']);
  });

  it('is ended later when Shopify is silent, or its answer was lost', async () => {
    const w = await world();
    await w.claim();
    await w.decide('rejected', after(1));
    w.codes.faults = ['silent'];
    await w.sweep(after(1.1));
    expect([active(w), (await w.only()).offerState]).toEqual([[true], 'ending']);
    w.codes.faults = ['lost'];
    await w.sweep(after(1.2));
    expect([active(w), (await w.only()).offerState]).toEqual([[false], 'ending']);
    await w.sweep(after(1.4));
    expect((await w.only()).offerState).toBe('ended');
  });

  it('does not come to life by somebody who was just making it', async () => {
    const w = await world();
    w.codes.faults = ['silent'];
    await w.claim();
    const { id: referralId } = await w.only();
    class Slow extends FakeCodes {
      override find() {
        return Promise.resolve(null);
      }
      override async create(code: Parameters<FakeCodes['create']>[0]) {
        await w.decide('rejected', minutes(1)); // while Shopify is at it
        await w.sweep(minutes(2)); // and nobody finds it yet
        expect(await w.only()).toMatchObject({ offerState: 'ending' });
        return w.codes.create(code);
      }
      override disable(discountId: bigint) {
        return w.codes.disable(discountId);
      }
    }
    await finishOffer({ shopId: w.shopId, referralId, codes: new Slow(), now: minutes(1) });
    expect(active(w)).toEqual([false]);
    for (let minute = 3; minute < 60; minute += 5) await w.sweep(minutes(minute));
    expect(await w.only()).toMatchObject({ offerState: 'ended' });
  });

  it('is another one when the merchant thinks better of it, and none is left that works besides', async () => {
    for (const early of [true, false]) {
      const w = await world();
      const { offerCode } = await w.claim();
      await w.decide('rejected', after(1));
      if (!early) await w.sweep(after(1.1));
      await w.decide('approved', after(1.2)); // before or after the first was ended
      for (const day of [1.3, 1.4, 1.5]) await w.sweep(after(day));
      const now = await w.only();
      expect(now).toMatchObject({ state: 'claimed', offerState: 'made' });
      expect(now.offerCode).not.toBe(offerCode);
      expect([w.codes.made.get(offerCode)?.active ?? false, w.codes.made.get(now.offerCode)?.active]).toEqual(
        [false, true],
      );
      await w.order(
        { discountCodes: [{ code: now.offerCode, kind: 'fixed_amount', amount: '10' }] },
        after(2),
      );
      await w.decide('approved', after(60));
      expect(await w.points()).toBe(500);
    }
  });

  it('is made and mailed for a friend who was stopped at once, when the merchant lets them through', async () => {
    const w = await world();
    expect(await w.claim('Maria.Advocate+2@shop.example')).toMatchObject({
      state: 'blocked',
      offerState: 'none',
    });
    await w.decide('rejected', after(1));
    for (let round = 0; round < 2; round += 1) await w.decide('approved', after(40), 'Her sister');
    for (const day of [40.1, 40.2]) await w.sweep(after(day));
    const { offerCode, ...told } = await w.only();
    expect(told).toMatchObject({ state: 'claimed', offerState: 'made', offerExpiresAt: after(70) });
    expect([w.codes.creations, w.codes.made.get(offerCode)?.active]).toEqual([1, true]);
  });

  it('ends with Shopify’s reason where that says no, and is tried again', async () => {
    const w = await world();
    await w.claim();
    await w.decide('rejected', after(1));
    const { id: referralId } = await w.only();
    w.codes.refusals = ['Discount is being edited'];
    const again = () => finishOffer({ shopId: w.shopId, referralId, codes: w.codes, now: after(1) });
    expect(await again()).toMatchObject({ offerState: 'ending' });
    expect((await w.only()).offerError).toContain('Discount is being edited');
    expect(await again()).toMatchObject({ offerState: 'ended' });
    expect((await w.only()).offerError).toBeNull();
  });
});

describe('evidence of orders and browsers', () => {
  const home = 'lindenstr 12|10115|de';
  const advocateOrder = { id: 70n, processedAt: after(-3), updatedAt: after(-3) };

  it('one door: what the friend ordered goes where the advocate’s parcels go', async () => {
    const w = await world();
    const maria = guest('maria.advocate@shop.example');
    await w.claim();
    await w.order({ ...advocateOrder, person: maria, addressKey: home }, after(1));
    await w.order({ addressKey: 'waldweg 1|10115|de' }, after(1));
    expect([await w.evidence(), (await w.only()).state]).toEqual([[], 'held']);
    await w.order({ addressKey: home, updatedAt: after(2) }, after(2)); // the address was changed since
    expect([await w.evidence(), (await w.only()).state]).toEqual([['block same_address'], 'blocked']);
    const rows = await prisma().order.findMany({ where: { shopId: w.shopId } });
    expect(new Set(rows.map((row) => row.addressHash)).size).toBe(1);
    expect(JSON.stringify(rows.map((row) => row.addressHash))).not.toContain('linden');
  });

  it('one door of several friends: all but the first of an advocate are looked at', async () => {
    const w = await world();
    const emails = ['ann@one.example', 'bob@two.example', 'cleo@three.example'];
    for (const [index, email] of emails.entries()) await w.claim(email, { now: after(index / 100) });
    for (const [index, email] of [...emails].reverse().entries())
      await w.order({
        id: BigInt(index + 1),
        person: guest(email),
        addressKey: index === 0 ? 'waldweg 1|10115|de' : home,
      });
    await w.sweep(after(40));
    const rows = await prisma().referral.findMany({ where: { shopId: w.shopId }, orderBy: { id: 'asc' } });
    expect(rows.map(({ state, evidence }) => [state, evidence])).toEqual([
      ['review', []],
      ['review', [{ kind: 'same_door', level: 'hold' }]],
      ['review', []],
    ]);
  });

  it('is of one shop: the same door has another hash elsewhere', async () => {
    const [a, b] = [await world(), await world()];
    await a.order({ addressKey: home });
    await b.order({ addressKey: home });
    const rows = await prisma().order.findMany({ where: { shopId: { in: [a.shopId, b.shopId] } } });
    expect(new Set(rows.map((row) => row.addressHash)).size).toBe(2);
  });

  it('one browser: the advocate opened their account with it, before or after the claim', async () => {
    const browser = { ip: '203.0.113.7', userAgent: 'Phone' };
    for (const before of [true, false]) {
      const w = await world();
      if (before) await w.seen(browser);
      await w.claim(friend, browser);
      if (!before) await w.seen(browser);
      await w.order();
      expect(await w.evidence()).toEqual(['hold same_device']);
      const kept = await prisma().referralDevice.findMany({ where: { shopId: w.shopId } });
      expect(JSON.stringify(kept.map(({ deviceHash }) => deviceHash))).not.toContain('203.0.113.7');
    }
  });

  it('another browser, another network or a customer without a link say nothing', async () => {
    const w = await world();
    await w.seen({ ip: '203.0.113.7', userAgent: 'Phone' });
    await w.claim(friend, { ip: '203.0.113.7', userAgent: 'Laptop' });
    expect(await w.evidence()).toEqual([]);
    await w.seen({ ip: '198.51.100.1', userAgent: 'Laptop' });
    await w.seen({ ip: '203.0.113.7', userAgent: 'Laptop' }, { customer: 4_711n });
    await w.order();
    expect(await w.evidence()).toEqual([]);
    expect(await prisma().referralDevice.count({ where: { shopId: w.shopId } })).toBe(2);
  });

  it('browsers are forgotten after half a year without a visit, and counted once a day', async () => {
    const w = await world();
    const browser = { ip: '203.0.113.7', userAgent: 'Phone' };
    await Promise.all(Array.from({ length: 8 }, () => w.seen(browser, { now: after(-200) })));
    await w.seen({ ...browser, userAgent: 'Laptop' }, { now: after(0) });
    const kept = await prisma().referralDevice.findMany({ where: { shopId: w.shopId } });
    expect(kept).toHaveLength(1);
  });
});

describe('the funnel', () => {
  it('never tells more claims than visits: who claims without having been seen was there', async () => {
    const w = await world();
    const funnel = async () => {
      const about = { shopId: w.shopId, query: { tab: 'claimed' as const }, now: after(0.5) };
      const { funnel: steps } = await withShop(w.shopId, (tx) => getReferralsPage(tx, about));
      return Object.fromEntries(steps.map(({ step, count }) => [step, count]));
    };
    for (const name of ['ann', 'bob', 'cleo'])
      await w.claim(`${name}.long@friend.example`, {
        ip: `203.0.113.${name.length + name.charCodeAt(0)}`,
        userAgent: 'x',
      });
    expect(await funnel()).toMatchObject({ clicked: 3, claimed: 3 });
    for (const name of ['dora', 'emil', 'finn', 'gina'])
      await w.claim(`${name}.long@friend.example`, { ip: '203.0.113.1', userAgent: 'one' }); // of one browser
    expect(await funnel()).toMatchObject({ clicked: 7, claimed: 7 });
    await w.claim('ann.long@friend.example', { ip: '192.0.2.1', userAgent: 'other' }); // again
    expect(await funnel()).toMatchObject({ clicked: 7, claimed: 7 });
  });
});
