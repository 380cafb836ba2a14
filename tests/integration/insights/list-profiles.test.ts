import { beforeAll, describe, expect, it } from 'vitest';
import { withShop, type Tx } from '~/platform/db/index.server';
import { getCustomersPage } from '~/modules/insights/index.server';
import { profileQuerySchema, profileSorts, type ProfileQuery } from '~/modules/insights/types';
import { createProfile, createTwoShops, seedProfiles } from '../../factories/insights-world';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

let here = 0;
let there = 0;

const page = (shopId: number, query: Partial<ProfileQuery> = {}) =>
  withShop(shopId, (tx) => getCustomersPage(tx, { shopId, query: profileQuerySchema.parse(query) }));

beforeAll(async () => {
  ({ here, there } = await createTwoShops());
});

describe('a shop with a handful of people', () => {
  beforeAll(async () => {
    await createProfile(there, {
      firstName: 'Ada',
      lastName: 'Elsewhere',
      email: 'ada@there.example',
      tags: ['there-only'],
    });
    await createProfile(here, {
      firstName: 'Ada',
      lastName: 'Lovelace',
      email: 'ada@here.example',
      netSpend: '80.5',
      ordersCount: 2,
      tags: ['vip'],
    });
    await createProfile(here, {
      firstName: 'Élodie',
      lastName: 'Van Dam',
      email: 'elodie@here.example',
      pointsBalance: 5,
      emailState: 'subscribed',
    });
    const gone = await createProfile(here, { firstName: 'Merged', email: 'merged@here.example' });
    const redacted = await createProfile(here, { firstName: 'Redacted' });
    await withShop(here, async (tx) => {
      await tx.profile.updateMany({ where: { id: gone }, data: { mergedIntoId: 1n } });
      await tx.profile.updateMany({ where: { id: redacted }, data: { redactedAt: new Date() } });
    });
  });

  it('shows its own people only, without merged and redacted ones', async () => {
    const found = await page(here);
    expect(found.profiles.items.map((item) => item.name)).toEqual(['Élodie Van Dam', 'Ada Lovelace']);
    expect(found.count).toEqual({ value: 2, exact: true });
    expect(found.tags).toEqual(['vip']);
    expect((await page(there)).profiles.items.map((item) => item.name)).toEqual(['Ada Elsewhere']);
  });

  it.each([
    ['ada', 1],
    ['ADA LOVE', 1],
    ['love', 1],
    ['van dam', 1],
    ['elodie@', 1],
    ['example', 0],
    ["o'hara; DROP TABLE profiles", 0],
    ['%', 0],
  ])('searches by prefix: %s', async (search, hits) => {
    const found = await page(here, { search });
    expect(found.profiles.items).toHaveLength(hits);
    expect(found.count.value).toBe(hits);
  });

  it('filters', async () => {
    const names = async (query: Partial<ProfileQuery>) =>
      (await page(here, query)).profiles.items.map((item) => item.email);
    expect(await names({ hasOrders: true })).toEqual(['ada@here.example']);
    expect(await names({ hasOrders: false })).toEqual(['elodie@here.example']);
    expect(await names({ hasPoints: true })).toEqual(['elodie@here.example']);
    expect(await names({ emailState: 'subscribed' })).toEqual(['elodie@here.example']);
    expect(await names({ tag: 'vip' })).toEqual(['ada@here.example']);
    expect(await names({ tag: 'there-only' })).toEqual([]);
    expect(await names({ hasCart: true })).toEqual([]);
  });

  it('follows a change of tags', async () => {
    const id = await createProfile(here, { email: 'tags@here.example', tags: ['a', 'b'] });
    const tags = () =>
      withShop(here, (tx) => tx.profileTag.findMany({ where: { profileId: id }, orderBy: { tag: 'asc' } }));
    await withShop(here, (tx) => tx.profile.updateMany({ where: { id }, data: { tags: ['b', 'c'] } }));
    expect((await tags()).map((row) => row.tag)).toEqual(['b', 'c']);
    await withShop(here, (tx) => tx.profile.updateMany({ where: { id }, data: { tags: [] } }));
    expect(await tags()).toEqual([]);
    await withShop(here, (tx) => tx.profile.deleteMany({ where: { id } }));
  });

  it('takes a cursor nobody gave out as the start', async () => {
    for (const after of [
      'nonsense',
      btoa('["x","y"]'),
      btoa('["2026-01-01T00:00:00Z","1; DROP TABLE profiles"]'),
      btoa('{}'),
    ]) {
      expect((await page(here, { after })).profiles.items).toHaveLength(2);
    }
  });
});

describe('a shop with 40,000 people', () => {
  const people = 40_000;

  beforeAll(async () => {
    await seedProfiles(here, people);
  }, 60_000);

  it.each(profileSorts)(
    'walks the whole list by %s, forwards and back, without skipping or repeating anybody',
    async (sort) => {
      const seen: string[] = [];
      let query: Partial<ProfileQuery> = { sort, hasPoints: true };
      const pages: string[][] = [];
      for (;;) {
        const { profiles } = await page(here, query);
        const ids = profiles.items.map((item) => item.id);
        seen.push(...ids);
        pages.push(ids);
        if (!profiles.next) break;
        query = { ...query, after: profiles.next };
      }
      expect(new Set(seen).size).toBe(seen.length);
      const [expected] = await withShop(
        here,
        (tx) => tx.$queryRaw<{ n: bigint }[]>`
      SELECT count(*) AS n FROM profile_traits WHERE points_balance > 0`,
      );
      expect(seen).toHaveLength(Number(expected!.n));

      // From the last page back to the first.
      const last = await page(here, query);
      let before = last.profiles.previous;
      for (const ids of pages.slice(0, -1).reverse()) {
        const { profiles } = await page(here, { sort, hasPoints: true, before: before! });
        expect(profiles.items.map((item) => item.id)).toEqual(ids);
        before = profiles.previous;
      }
      expect(before).toBeNull();
    },
    60_000,
  );

  it('estimates large counts and counts small ones', async () => {
    const all = await page(here);
    expect(all.count.exact).toBe(false);
    expect(all.count.value / people).toBeCloseTo(1, 0);
    expect((await page(here, { tag: 'rare' })).count).toEqual({ value: 8, exact: true });
  });

  it.each([
    ['newest', {}],
    ['spend', { sort: 'spend' }],
    ['last order', { sort: 'last_order' }],
    ['orders', { sort: 'orders' }],
    ['an address', { search: 'person1234' }],
    ['a name', { search: 'first499 last1' }],
    ['a last name', { search: 'last1999' }],
    ['a rare tag', { tag: 'rare' }],
    ['open carts', { hasCart: true }],
  ] as const)('reads a small part of the shop for %s', async (_what, query) => {
    const read = await rowsRead(here, query);
    expect(read).toBeLessThan(people / 3); // the sample alone is 5,000
  });
});

/** How many rows the tables of the page's queries gave up, by the server's own count. */
async function rowsRead(shopId: number, query: Partial<ProfileQuery>): Promise<number> {
  return withShop(shopId, async (tx) => {
    const before = await readSoFar(tx);
    await getCustomersPage(tx, { shopId, query: profileQuerySchema.parse(query) });
    return (await readSoFar(tx)) - before;
  });
}

async function readSoFar(tx: Tx): Promise<number> {
  const [row] = await tx.$queryRaw<{ n: bigint }[]>`
    SELECT sum(seq_tup_read + idx_tup_fetch)::bigint AS n FROM pg_stat_xact_user_tables
    WHERE relname IN ('profiles', 'profile_traits', 'profile_tags')`;
  return Number(row!.n);
}
