import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  applyEarnEvents,
  expirePoints,
  getBalance,
  postTransactions,
  updateExpiryRule,
} from '~/modules/loyalty/index.server';
import { prisma, withShop } from '~/platform/db/index.server';
import { customersMerged } from '~/processes/customers-merged.server';
import { anEarnAction } from '../../factories/earning';
import { aProfile, aShop, ledgerTotals } from '../../factories/loyalty';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

const at = (day: string): Date => new Date(`${day}T12:00:00Z`);

let shopId = 0;
let people: [bigint, bigint] = [0n, 0n];
let kept = 0n; // who of the two is left after the merge

beforeEach(async () => {
  shopId = (await aShop()).id;
  people = [
    await aProfile(shopId, { shopifyCustomerId: 11n }),
    await aProfile(shopId, { shopifyCustomerId: 12n }),
  ];
  await withShop(shopId, (tx) =>
    updateExpiryRule(tx, { shopId, mode: 'age', days: 30, now: at('2026-01-01') }),
  );
  await anEarnAction(shopId, { capTimes: 1, capPeriod: 'ever' }, at('2026-01-01'));
});

afterEach(async () => {
  expect(await ledgerTotals()).toEqual({ drifted: 0, sum: 0n, unbalanced: 0 });
});

const review = (owner: bigint, day: string) =>
  withShop(shopId, (tx) =>
    applyEarnEvents(tx, {
      shopId,
      happenings: [{ profileId: owner, code: 'review', key: day, occurredAt: at(day) }],
      now: at(day),
    }),
  );
const give = (profileId: bigint, points: number, day: string) =>
  withShop(shopId, (tx) =>
    postTransactions(tx, {
      shopId,
      now: at(day),
      transactions: [
        {
          kind: 'adjust',
          key: `${profileId}:${day}`,
          occurredAt: at(day),
          postings: [{ profileId, account: 'points', points }],
        },
      ],
    }),
  );
const expire = (day: string) => withShop(shopId, (tx) => expirePoints(tx, { shopId, now: at(day) }));
const merge = async (keptId: bigint, deletedId: bigint, day: string) => {
  const facts = [{ keptId, deletedId, occurredAt: at(day) }];
  await withShop(shopId, (tx) => customersMerged(tx, { shopId, facts, now: at(day), historic: false }));
  const identity = { shopId, kind: 'shopify', value: keptId.toString() };
  kept = (await prisma().profileIdentity.findFirstOrThrow({ where: identity })).profileId;
};
const points = async () =>
  (await withShop(shopId, (tx) => getBalance(tx, { shopId, profileId: kept }))).points;

describe.each([
  ['the one who earned first', 11n, 12n],
  ['the one who earned last', 12n, 11n],
])('two who turn out to be one, of whom %s stays', (_who, keptId, deletedId) => {
  const [first, second] = [0, 1] as const;

  it('and both had their points expire: nothing is taken twice, and nothing else is touched', async () => {
    await review(people[first], '2026-01-10');
    await review(people[second], '2026-01-12');
    await give(people[first], 7, '2026-04-01');
    await give(people[second], 9, '2026-04-02');
    await expire('2026-04-03');
    await merge(keptId, deletedId, '2026-04-04');
    expect(await points()).toBe(16);
    await merge(keptId, deletedId, '2026-04-04');
    expect(await points()).toBe(16);
    await expire('2026-05-03'); // the 9 live from 2 April, and began anew where they were moved
    expect(await points()).toBe(keptId === 11n ? 9 : 7);
  });

  it('and only the points that stay had expired: those that are taken back were there', async () => {
    await review(people[first], '2026-01-10');
    await expire('2026-03-01');
    await review(people[second], '2026-03-02');
    await merge(keptId, deletedId, '2026-03-04');
    expect(await points()).toBe(0);
  });

  it('and only the points that go had expired: those that stay are still there', async () => {
    await review(people[second], '2026-01-12');
    await expire('2026-03-01');
    await withShop(shopId, (tx) =>
      applyEarnEvents(tx, {
        shopId,
        happenings: [{ profileId: people[first], code: 'review', key: 'late', occurredAt: at('2026-01-10') }],
        now: at('2026-03-02'),
      }),
    );
    await merge(keptId, deletedId, '2026-03-04');
    expect(await points()).toBe(50);
  });
});
