import { describe, expect, it } from 'vitest';
import { applyCustomerFacts, mergeCustomers, resolveProfiles } from '~/modules/customers/index.server';
import type { PersonRef } from '~/modules/customers/types';
import { prisma, withShop } from '~/platform/db/index.server';
import { customerFact, guest, minute, orderFact, person } from '../../factories/facts';
import { arrive, createShop } from '../../factories/records';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

const now = minute(600);
const living = (shopId: number) =>
  prisma().profile.findMany({ where: { shopId, mergedIntoId: null }, orderBy: { shopifyCustomerId: 'asc' } });

async function resolve(shopId: number, ...people: (PersonRef | null)[]): Promise<(bigint | null)[]> {
  return withShop(shopId, (tx) => resolveProfiles(tx, { shopId, people, now }));
}

async function resolveOne(shopId: number, who: PersonRef): Promise<bigint> {
  const [id] = await resolve(shopId, who);
  if (id == null) throw new Error('nobody');
  return id;
}

describe('resolving people', () => {
  it('gives one profile per person, however they are named, and nobody for nothing', async () => {
    const shopId = await createShop();
    const [guestId, sameId, nobody, otherId] = await resolve(
      shopId,
      guest('ada@example.com'),
      guest('ada@example.com', { phone: '+4915112345678' }),
      null,
      person({ phone: '+4917100000000' }),
    );
    expect(sameId).toBe(guestId);
    expect(nobody).toBeNull();
    expect(otherId).not.toBe(guestId);
    expect(await resolveOne(shopId, person({ phone: '+4915112345678' }))).toBe(guestId);
    expect(await living(shopId)).toHaveLength(2);
  });

  it('changes nothing when called again', async () => {
    const shopId = await createShop();
    const first = await resolve(shopId, guest('ada@example.com'), person({ shopifyCustomerId: 7n }));
    const before = await living(shopId);
    expect(await resolve(shopId, guest('ada@example.com'), person({ shopifyCustomerId: 7n }))).toEqual(first);
    expect(await living(shopId)).toEqual(before);
  });

  it('creates no duplicates when many transactions meet the same people', async () => {
    const shopId = await createShop();
    const people = Array.from({ length: 20 }, (_, index) => guest(`p${index % 10}@example.com`));
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, turn) => resolve(shopId, ...(turn % 2 ? people : people.toReversed()))),
    );
    expect(new Set(answers.flat()).size).toBe(10);
    expect(await living(shopId)).toHaveLength(10);
  });

  it('keeps shops apart', async () => {
    const [one, two] = [await createShop(), await createShop()];
    const inOne = await resolveOne(one, guest('ada@example.com'));
    const inTwo = await resolveOne(two, guest('ada@example.com'));
    expect(inOne).not.toBe(inTwo);
    expect(await living(one)).toHaveLength(1);
  });

  it("claims a guest's profile for the Shopify customer with that address, without a duplicate", async () => {
    const shopId = await createShop();
    const guestId = await resolveOne(shopId, guest('ada@example.com', { firstName: 'A.' }));
    await arrive(shopId, { customers: [customerFact(7n, { email: 'ada@example.com' })] });
    expect(await prisma().profile.findMany({ where: { shopId } })).toMatchObject([
      { id: guestId, shopifyCustomerId: 7n, email: 'ada@example.com', firstName: 'Ada' },
    ]);
  });

  it('merges a guest into a customer when both exist and turn out to be one', async () => {
    const shopId = await createShop();
    await arrive(shopId, { orders: [orderFact(1n, { person: guest('ada@example.com') })] });
    await arrive(shopId, { orders: [orderFact(2n, { person: person({ shopifyCustomerId: 7n }) })] });
    expect(await living(shopId)).toHaveLength(2);
    await arrive(shopId, { customers: [customerFact(7n, { email: 'ada@example.com' })] });
    const [ada] = await living(shopId);
    expect(await living(shopId)).toHaveLength(1);
    const orders = await prisma().order.findMany({ where: { shopId } });
    expect(orders.map((order) => order.profileId)).toEqual([ada!.id, ada!.id]);
    const events = await prisma().timelineEvent.findMany({ where: { shopId } });
    expect(events.map((event) => event.profileId)).toEqual([ada!.id, ada!.id]);
    expect(await prisma().profileTraits.findMany({ where: { shopId } })).toMatchObject([
      { profileId: ada!.id, ordersCount: 2, pointsBalance: 200 },
    ]);
  });

  it('never merges two people over a phone number', async () => {
    const shopId = await createShop();
    const phone = '+4915112345678';
    const ids = await resolve(
      shopId,
      person({ shopifyCustomerId: 1n, phone }),
      person({ shopifyCustomerId: 2n, phone, seenAt: minute(5) }),
      guest('ada@example.com', { phone }),
      guest('eve@example.com', { phone }),
    );
    expect(new Set(ids).size).toBe(4);
    expect(await living(shopId)).toHaveLength(4);
    // The number alone means whoever a Shopify id gave it to first.
    expect(await resolveOne(shopId, person({ phone }))).toBe(ids[0]);
  });

  it('gives a number-only guest to the person who turns out to have that number', async () => {
    const shopId = await createShop();
    const phone = '+4915112345678';
    await resolveOne(shopId, person({ phone }));
    const ada = await resolveOne(shopId, guest('ada@example.com', { phone }));
    expect(await resolveOne(shopId, person({ phone }))).toBe(ada);
    expect(await living(shopId)).toHaveLength(1);
  });

  it('follows an address that Shopify gave to somebody else', async () => {
    const shopId = await createShop();
    const email = 'shared@example.com';
    await arrive(shopId, { customers: [customerFact(1n, { email })] });
    await arrive(shopId, { orders: [orderFact(1n, { person: guest(email) })] });
    await arrive(shopId, { customers: [customerFact(2n, { email, updatedAt: minute(5) })] });
    await arrive(shopId, {
      customers: [customerFact(1n, { email: 'new@example.com', updatedAt: minute(4) })],
    });
    const [one, two] = await living(shopId);
    expect([one!.email, two!.email]).toEqual(['new@example.com', email]);
    expect(await prisma().order.findFirst({ where: { shopId } })).toMatchObject({ profileId: two!.id });
    expect(
      await prisma().profileTraits.findMany({ where: { shopId }, orderBy: { profileId: 'asc' } }),
    ).toMatchObject([
      { profileId: one!.id, ordersCount: 0, pointsBalance: 0 },
      { profileId: two!.id, ordersCount: 1, pointsBalance: 100 },
    ]);
  });
});

describe('customer facts', () => {
  it('keeps the newest, whatever comes first, and what was told wins over what was told in passing', async () => {
    const shopId = await createShop();
    await resolve(
      shopId,
      person({ shopifyCustomerId: 7n, firstName: 'Passing', locale: 'de', seenAt: minute(90) }),
    );
    await arrive(shopId, {
      customers: [customerFact(7n, { firstName: 'New', updatedAt: minute(20), createdAt: minute(-500) })],
    });
    await arrive(shopId, {
      customers: [customerFact(7n, { firstName: 'Old', updatedAt: minute(10), city: 'Ulm' })],
    });
    expect(await living(shopId)).toMatchObject([
      {
        firstName: 'New',
        city: 'Ulm',
        locale: 'de',
        firstSeenAt: minute(-500),
        shopifyUpdatedAt: minute(20),
      },
    ]);
  });

  it('remembers a deletion told before the customer', async () => {
    const shopId = await createShop();
    const nothing = { email: null, firstName: null, lastName: null, createdAt: null };
    await arrive(shopId, {
      customers: [customerFact(7n, { ...nothing, deleted: true, updatedAt: minute(9) })],
    });
    await arrive(shopId, { customers: [customerFact(7n, { updatedAt: minute(5) })] });
    expect(await living(shopId)).toMatchObject([{ deletedAt: minute(9), firstName: 'Ada' }]);
  });

  it('adds and removes tags by their time, not by their arrival', async () => {
    const shopId = await createShop();
    const tags = (added: string[], removed: string[], at: number) => ({
      shopifyCustomerId: 7n,
      added,
      removed,
      occurredAt: minute(at),
    });
    await arrive(shopId, { tags: [tags([], ['vip'], 30)] });
    await arrive(shopId, { tags: [tags(['vip', 'garden'], [], 20)] });
    await arrive(shopId, { customers: [customerFact(7n, { tags: ['old', 'vip'], updatedAt: minute(10) })] });
    expect((await living(shopId))[0]!.tags).toEqual(['garden', 'old']);
  });

  it('can be applied twice and at once', async () => {
    const shopId = await createShop();
    const facts = Array.from({ length: 50 }, (_, index) => customerFact(BigInt(index + 1)));
    const apply = () => withShop(shopId, (tx) => applyCustomerFacts(tx, { shopId, facts, now }));
    await Promise.all([apply(), apply(), apply()]);
    expect(await living(shopId)).toHaveLength(50);
  });
});

describe('customers merged in Shopify', () => {
  const merge = { keptId: 1n, deletedId: 2n, occurredAt: minute(50) };
  const kept = customerFact(1n, { firstName: 'Kept' });
  const deleted = customerFact(2n, { firstName: 'Deleted', email: 'second@example.com' });
  const stale = customerFact(2n, { firstName: 'Stale', email: 'second@example.com', updatedAt: minute(60) });

  it.each([
    ['after both are known', [{ customers: [kept, deleted] }, { merges: [merge] }, { customers: [stale] }]],
    ['before either is known', [{ merges: [merge] }, { customers: [stale] }, { customers: [deleted, kept] }]],
    ['between them', [{ customers: [deleted] }, { merges: [merge] }, { customers: [kept, stale] }]],
    ['all at once', [{ customers: [stale, deleted, kept], merges: [merge] }]],
  ])('are one person when it is told %s', async (_when, batches) => {
    const shopId = await createShop();
    for (const facts of batches) await arrive(shopId, facts);
    expect(await living(shopId)).toMatchObject([
      { shopifyCustomerId: 1n, firstName: 'Kept', email: 'customer1@example.com' },
    ]);
    const [one] = await living(shopId);
    expect(await resolve(shopId, person({ shopifyCustomerId: 2n }), guest('second@example.com'))).toEqual([
      one!.id,
      one!.id,
    ]);
    expect(
      await prisma().timelineEvent.findMany({ where: { shopId, kind: 'profiles_merged' } }),
    ).toMatchObject([{ profileId: one!.id, key: '2', occurredAt: minute(50) }]);
  });

  it('follows chains in any order', async () => {
    const chain = [
      { keptId: 2n, deletedId: 3n, occurredAt: minute(1) },
      { keptId: 1n, deletedId: 2n, occurredAt: minute(2) },
    ];
    for (const merges of [chain, chain.toReversed()]) {
      const shopId = await createShop();
      await arrive(shopId, { customers: [customerFact(3n), customerFact(2n), customerFact(1n)] });
      for (const one of merges) await arrive(shopId, { merges: [one] });
      expect(await living(shopId)).toMatchObject([{ shopifyCustomerId: 1n }]);
    }
  });

  it('ignores what can not be: a customer merged into itself, or in a circle', async () => {
    const shopId = await createShop();
    const merges = [
      { keptId: 1n, deletedId: 1n, occurredAt: minute(1) },
      { keptId: 1n, deletedId: 2n, occurredAt: minute(1) },
      { keptId: 2n, deletedId: 1n, occurredAt: minute(2) },
    ];
    await withShop(shopId, (tx) => mergeCustomers(tx, { shopId, facts: merges, now }));
    expect(await living(shopId)).toMatchObject([{ shopifyCustomerId: 1n }]);
  });
});
