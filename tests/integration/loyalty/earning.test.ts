import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  applyAccountEarnings,
  applyEarnEvents,
  celebrateDays,
  getBalance,
  listEarnActions,
  listShopsToCelebrate,
  listShopsWithDuePoints,
  previewEarnAction,
  releasePending,
  updateBirthday,
} from '~/modules/loyalty/index.server';
import { clock } from '~/platform/clock.server';
import { prisma, withShop } from '~/platform/db/index.server';
import { consentChanged } from '~/processes/consent-changed.server';
import { customersChanged } from '~/processes/customers-changed.server';
import { customersMerged } from '~/processes/customers-merged.server';
import { daysCelebrated } from '~/processes/days-celebrated.server';
import { anEarnAction, earnDraft } from '../../factories/earning';
import { aProfile, aShop, ledgerTotals } from '../../factories/loyalty';
import { permutations } from '../../factories/permutations';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

const at = (day: string): Date => new Date(`${day}T12:00:00Z`);
const now = at('2026-05-10');

let shopId = 0;
let profileId = 0n;

beforeEach(async () => {
  shopId = (await aShop()).id;
  profileId = await aProfile(shopId);
});

afterEach(async () => {
  clock.moveTo(0);
  expect(await ledgerTotals()).toEqual({ drifted: 0, sum: 0n, unbalanced: 0 });
});

const balance = (owner = profileId) => withShop(shopId, (tx) => getBalance(tx, { shopId, profileId: owner }));
const points = async (owner = profileId) => (await balance(owner)).points;
const happen = (key: string, day = '2026-05-01', owner = profileId, code = 'review') =>
  withShop(shopId, (tx) =>
    applyEarnEvents(tx, {
      shopId,
      happenings: [{ profileId: owner, code, key, occurredAt: at(day) }],
      now,
    }),
  );

describe('what somebody did', () => {
  it('gives points once, also told twice and 20 times at once', async () => {
    await anEarnAction(shopId);
    await happen('r1');
    await happen('r1');
    await Promise.all(Array.from({ length: 20 }, () => happen('r1')));
    await Promise.all(Array.from({ length: 5 }, () => happen('r2')));
    expect(await points()).toBe(100);
  });

  it('keeps its cap when 10 things happen at once', async () => {
    await anEarnAction(shopId, { capTimes: 3, capPeriod: 'month' });
    await Promise.all(Array.from({ length: 10 }, (_, n) => happen(`r${n}`)));
    expect(await points()).toBe(150);
  });

  it('gives the same in whatever order it is told', async () => {
    await anEarnAction(shopId, { capTimes: 1, capPeriod: 'month' });
    await anEarnAction(shopId, { capTimes: 2, capPeriod: 'month', points: 20 }, at('2026-05-03'));
    const days = ['2026-05-01', '2026-05-02', '2026-05-04', '2026-05-05'];
    const ends = new Set<number>();
    for (const order of permutations(days)) {
      const owner = await aProfile(shopId);
      for (const day of order) await happen(`${owner}:${day}`, day, owner);
      ends.add(await points(owner));
    }
    expect([...ends]).toEqual([70]);
  });

  it('gives nothing for what the shop gives nothing for, nor of another shop', async () => {
    const other = (await aShop()).id;
    await anEarnAction(other);
    await happen('r1');
    expect(await points()).toBe(0);
    expect(await prisma().earnEvent.count({ where: { shopId } })).toBe(0);
    const stranger = await aProfile(other);
    await anEarnAction(shopId);
    await happen('r2', '2026-05-01', stranger);
    expect(await prisma().earnEvent.count({ where: { key: 'r2', shopId: { in: [shopId, other] } } })).toBe(0);
  });

  it('waits for its days, and is spendable after them', async () => {
    await anEarnAction(shopId, { pendingDays: 14 });
    await happen('r1', '2026-05-01');
    expect(await balance()).toEqual({ points: 0, pending: 50 });
    expect(await listShopsWithDuePoints(prisma(), { now })).toEqual([]);
    const later = at('2026-05-16');
    expect(await listShopsWithDuePoints(prisma(), { now: later })).toEqual([shopId]);
    const release = () => withShop(shopId, (tx) => releasePending(tx, { shopId, now: later }));
    await Promise.all([release(), release(), release()]);
    expect(await balance()).toEqual({ points: 50, pending: 0 });
    expect(await listShopsWithDuePoints(prisma(), { now: later })).toEqual([]);
  });
});

describe('an account', () => {
  const told = (id: bigint, created: string, email: string) => ({
    shopifyCustomerId: id,
    email,
    phone: null,
    firstName: null,
    lastName: null,
    createdAt: at(created),
    updatedAt: now,
  });
  const tell = (...facts: ReturnType<typeof told>[]) =>
    withShop(shopId, (tx) => customersChanged(tx, { shopId, facts, now, historic: false }));
  const personOf = async (value: string) =>
    (await prisma().profileIdentity.findFirstOrThrow({ where: { shopId, kind: 'shopify', value } }))
      .profileId;

  it('gives points once, not to those that were there before', async () => {
    await anEarnAction(shopId, { trigger: 'account_created', title: 'Join', points: 100 });
    await tell(told(1n, '2026-04-01', 'a@example.com'), told(2n, '2025-04-01', 'b@example.com'));
    await tell(told(1n, '2026-04-01', 'a@example.com'));
    expect([await points(await personOf('1')), await points(await personOf('2'))]).toEqual([100, 0]);
  });

  it('of two that turn out to be one person counts once, whatever came first', async () => {
    await anEarnAction(shopId, { trigger: 'account_created', title: 'Join', points: 100 });
    const merge = () =>
      withShop(shopId, (tx) =>
        customersMerged(tx, {
          shopId,
          facts: [{ keptId: 1n, deletedId: 2n, occurredAt: now }],
          now,
          historic: false,
        }),
      );
    await tell(told(1n, '2026-04-01', 'a@example.com'), told(2n, '2026-04-02', 'b@example.com'));
    await merge();
    await merge();
    expect(await points(await personOf('1'))).toBe(100);
  });

  it('a shop that gives nothing for it pays one small question', async () => {
    const answer = await withShop(shopId, (tx) =>
      applyAccountEarnings(tx, { shopId, profileIds: [profileId], now }),
    );
    expect(answer).toEqual({ profileIds: [] });
  });
});

describe('agreeing to e-mails', () => {
  const decide = (state: 'subscribed' | 'unsubscribed', day: string, email = 'a@example.com') =>
    withShop(shopId, (tx) =>
      consentChanged(tx, {
        shopId,
        facts: [
          {
            shopifyCustomerId: null,
            email,
            state,
            level: null,
            source: 'shopify',
            occurredAt: at(day),
            key: `${email}:${day}:${state}`,
          },
        ],
        now,
        historic: false,
      }),
    );
  const given = async () =>
    (await prisma().earnEvent.findMany({ where: { shopId } })).map(({ given: its }) => Number(its));

  it('gives points once, however often somebody goes and comes back', async () => {
    await anEarnAction(shopId, { trigger: 'newsletter', title: 'Newsletter' });
    for (const day of ['2026-04-01', '2026-04-03', '2026-04-05']) {
      await decide('subscribed', day);
      await decide('unsubscribed', day.replace('-04-0', '-04-1'));
    }
    expect(await given()).toEqual([50]);
  });

  it('gives nothing to who had agreed before the shop gave points, went and came back', async () => {
    await anEarnAction(shopId, { trigger: 'newsletter', title: 'Newsletter' });
    await decide('subscribed', '2026-04-20');
    expect(await given()).toEqual([50]);
    await decide('subscribed', '2025-01-01'); // told late
    expect(await given()).toEqual([0]);
  });
});

describe('a birthday', () => {
  const born = (month: number, day: number, told = '2026-04-01', owner = profileId) =>
    withShop(shopId, (tx) =>
      updateBirthday(tx, { shopId, profileId: owner, birthday: { month, day }, now: at(told) }),
    );
  const celebrate = (day: string, limit?: number) =>
    withShop(shopId, (tx) => celebrateDays(tx, { shopId, now: at(day), ...(limit && { limit }) }));

  beforeEach(() => anEarnAction(shopId, { trigger: 'birthday', title: 'Birthday', points: 200 }));

  it('gives points once a year, also when the worker slept, also at once', async () => {
    await born(5, 10);
    await celebrate('2026-05-09');
    expect(await points()).toBe(0);
    await Promise.all([celebrate('2026-05-14'), celebrate('2026-05-14')]);
    await celebrate('2026-05-15');
    expect(await points()).toBe(200);
    await celebrate('2027-05-10');
    expect(await points()).toBe(400);
  });

  it('told anew gives no second one within the year, nor one of the same day', async () => {
    await born(5, 10);
    await celebrate('2026-05-10');
    await born(7, 1, '2026-06-01');
    await celebrate('2026-07-01');
    expect(await points()).toBe(200);
    const late = await aProfile(shopId);
    await born(7, 1, '2026-07-01', late);
    await celebrate('2026-07-02');
    expect(await points(late)).toBe(0);
  });

  it('of 29 February is kept on the 28th in other years', async () => {
    await born(2, 29, '2026-04-01');
    await celebrate('2027-02-28');
    expect(await points()).toBe(200);
    await celebrate('2028-02-28');
    expect(await points()).toBe(200);
    await celebrate('2028-02-29');
    expect(await points()).toBe(400);
  });

  it('begins at midnight where the shop is', async () => {
    await prisma().shop.update({ where: { id: shopId }, data: { timeZone: 'Pacific/Auckland' } });
    await born(5, 10);
    const celebrateAt = (time: string) =>
      withShop(shopId, (tx) => celebrateDays(tx, { shopId, now: new Date(time) }));
    await celebrateAt('2026-05-09T11:59:00Z');
    expect(await points()).toBe(0);
    await celebrateAt('2026-05-09T12:00:00Z');
    expect(await points()).toBe(200);
  });

  it('is looked for once a day, in batches', async () => {
    const people = await Promise.all(Array.from({ length: 5 }, () => aProfile(shopId)));
    for (const owner of people) await born(5, 10, '2026-04-01', owner);
    expect((await celebrate('2026-05-10', 3)).more).toBe(true);
    clock.moveTo(at('2026-05-11').getTime() - Date.now());
    expect(await listShopsToCelebrate(prisma(), { now: at('2026-05-11') })).toContain(shopId);
    await daysCelebrated(shopId);
    for (const owner of people) expect(await points(owner)).toBe(200);
    expect(await listShopsToCelebrate(prisma(), { now: at('2026-05-11') })).not.toContain(shopId);
    expect(await listShopsToCelebrate(prisma(), { now: at('2026-05-12') })).toContain(shopId);
  });

  it.each([
    [2, 30],
    [13, 1],
    [4, 31],
    [1, 0],
  ])('refuses month %i, day %i', async (month, day) => {
    await expect(born(month, day)).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('an anniversary', () => {
  it('of the first order gives points each year', async () => {
    await anEarnAction(shopId, { trigger: 'order_anniversary', title: 'A year with us' });
    await prisma().profileTraits.create({
      data: { shopId, profileId, ordersCount: 1, firstOrderAt: at('2025-05-08') },
    });
    const celebrate = (day: string) => withShop(shopId, (tx) => celebrateDays(tx, { shopId, now: at(day) }));
    await celebrate('2026-05-07');
    expect(await points()).toBe(0);
    await celebrate('2026-05-08');
    await celebrate('2026-05-09');
    expect(await points()).toBe(50);
    await celebrate('2027-05-08');
    expect(await points()).toBe(100);
  });
});

describe('people who turn out to be one', () => {
  it('keep what they did, pending too, within the caps of one', async () => {
    await anEarnAction(shopId, { capTimes: 1, capPeriod: 'month', pendingDays: 30 });
    const [one, two] = [
      await aProfile(shopId, { shopifyCustomerId: 11n }),
      await aProfile(shopId, { shopifyCustomerId: 12n }),
    ];
    await happen('r1', '2026-05-01', one);
    await happen('r2', '2026-05-02', two);
    await happen('r3', '2026-04-30', two);
    expect((await balance(two)).pending).toBe(100);
    await withShop(shopId, (tx) =>
      customersMerged(tx, {
        shopId,
        facts: [{ keptId: 11n, deletedId: 12n, occurredAt: now }],
        now,
        historic: false,
      }),
    );
    const kept = (await prisma().profileIdentity.findFirstOrThrow({ where: { shopId, value: '11' } }))
      .profileId;
    expect(await balance(kept)).toEqual({ points: 0, pending: 100 });
    await withShop(shopId, (tx) => releasePending(tx, { shopId, now: at('2026-07-01') }));
    expect(await balance(kept)).toEqual({ points: 100, pending: 0 });
  });
});

describe('a way to earn', () => {
  it('changes by a new version, at once too; a change that changes nothing makes none', async () => {
    const made = await Promise.all([anEarnAction(shopId), anEarnAction(shopId)]);
    expect(made.map(({ version }) => version)).toEqual([1, 1]);
    expect((await anEarnAction(shopId, { points: 10 }, now)).version).toBe(2);
    expect(await withShop(shopId, (tx) => listEarnActions(tx, { shopId }))).toMatchObject([
      { version: 2, points: 10 },
    ]);
    await happen('r1', '2026-05-01');
    expect(await points()).toBe(50);
  });

  it('nobody lifts the caps that keep toggling from paying', async () => {
    const { capTimes, capPeriod } = await anEarnAction(shopId, { trigger: 'newsletter', capTimes: null });
    expect([capTimes, capPeriod]).toEqual([1, 'ever']);
  });

  it.each([
    [{ points: 0 }],
    [{ points: 1.5 }],
    [{ title: ' ' }],
    [{ trigger: 'custom', event: null }],
    [{ trigger: 'review', event: 'x' }],
    [{ trigger: 'custom', event: 'Not Good' }],
    [{ pendingDays: -1 }],
    [{ minimum: '-1' }],
    [{ startsOn: '2026-05-02', endsOn: '2026-05-01' }],
  ] as const)('refuses %j', async (wrong) => {
    const draft = { ...earnDraft(), ...wrong };
    await expect(anEarnAction(shopId, draft)).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('what a way to earn would have cost', () => {
  const look = (overrides: Parameters<typeof earnDraft>[0]) =>
    withShop(shopId, (tx) => previewEarnAction(tx, { shopId, draft: earnDraft(overrides), now }));

  it('counts accounts of the last 90 days, of this shop', async () => {
    const other = (await aShop()).id;
    for (const [owner, day] of [
      [shopId, '2026-05-01'],
      [shopId, '2026-02-15'],
      [shopId, '2026-01-01'],
      [other, '2026-05-01'],
    ] as const) {
      const id = await aProfile(owner);
      await prisma().profile.updateMany({
        where: { shopId: owner, id },
        data: { shopifyCreatedAt: at(day) },
      });
    }
    expect(await look({ trigger: 'account_created', points: 30 })).toEqual({
      days: 90,
      people: 2,
      points: 60,
      known: true,
    });
  });

  it('counts first decisions for e-mails, birthdays and anniversaries', async () => {
    const event = { shopId, profileId, channel: 'email', source: 'shopify' };
    await prisma().consentEvent.createMany({
      data: [
        { ...event, state: 'subscribed', key: `${shopId}a`, occurredAt: at('2026-04-01') },
        { ...event, state: 'unsubscribed', key: `${shopId}b`, occurredAt: at('2026-04-02') },
        { ...event, state: 'subscribed', key: `${shopId}c`, occurredAt: at('2026-04-03') },
      ],
    });
    await prisma().birthday.create({
      data: { shopId, profileId, month: 3, day: 1, toldAt: at('2026-05-01') },
    });
    await prisma().profileTraits.create({
      data: { shopId, profileId, ordersCount: 1, firstOrderAt: at('2024-04-08') },
    });
    for (const trigger of ['newsletter', 'birthday', 'order_anniversary'] as const)
      expect(await look({ trigger })).toMatchObject({ people: 1, points: 50 });
  });

  it('counts what was told, within caps and minimum; nothing told, nothing known; and posts nothing', async () => {
    expect(await look({})).toEqual({ days: 90, people: 0, points: 0, known: false });
    await anEarnAction(shopId, { enabled: false });
    for (const day of ['2026-04-01', '2026-04-02', '2026-05-01']) await happen(day, day);
    expect(await look({})).toMatchObject({ points: 150, people: 1, known: true });
    expect(await look({ capTimes: 1, capPeriod: 'month' })).toMatchObject({ points: 100 });
    expect(await look({ minimum: '10' })).toMatchObject({ points: 0, people: 0, known: true });
    expect(await points()).toBe(0);
  });
});
