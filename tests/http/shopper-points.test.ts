import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  ensureEarnRule,
  postTransactions,
  updateCampaign,
  updateEarnRule,
} from '~/modules/loyalty/index.server';
import type { CampaignDraft, TransactionInput } from '~/modules/loyalty/types';
import { prisma, withShop } from '~/platform/db/index.server';
import { anOrder, aProfile, aShop } from '../factories/loyalty';
import { usePointsAtCheckout } from '../factories/points-at-checkout';
import { shopperToken } from '../factories/shopper';
import { useTestDatabase } from '../setup/database';

useTestDatabase();
const askPoints = usePointsAtCheckout();

const now = new Date();
let shop: { id: number; domain: string };
let customer = 7_700_000_000_000n;

const jwt = (claims: Record<string, unknown> = {}, key?: string): string =>
  shopperToken(shop.domain, claims, key);

async function ask(
  query: string,
  token: string | null = jwt(),
  method = 'GET',
  body?: string,
): Promise<Response> {
  const response = await askPoints(query, { token, method, body });
  expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*');
  return response;
}

const json = async (response: Response): Promise<unknown> => response.json();
const nothingMore = { currency: 'EUR', tier: null, rewards: [], codes: [], isAbout: true };
const member = (): string => `gid://shopify/Customer/${customer}`;

beforeAll(async () => {
  await prisma().$queryRaw`SELECT 1`;
});

beforeEach(async () => {
  shop = await aShop();
  customer += 1n;
  await withShop(shop.id, async (tx) => {
    await ensureEarnRule(tx, { shopId: shop.id, now: new Date('2026-01-01T00:00:00Z') });
  });
});

describe('points at checkout', () => {
  it('a member sees balance, pending and what the order earns', async () => {
    const profileId = await aProfile(shop.id, { shopifyCustomerId: customer });
    const earn = (key: string, account: 'points' | 'pending', points: number): TransactionInput => ({
      kind: 'earn',
      key,
      occurredAt: now,
      postings: [{ profileId, account, points }],
    });
    await withShop(shop.id, (tx) =>
      postTransactions(tx, {
        shopId: shop.id,
        now,
        transactions: [earn('a', 'points', 120), earn('b', 'pending', 30)],
      }),
    );
    const response = await ask('?total=49.99&currency=EUR', jwt({ sub: member() }));
    expect(response.status).toBe(200);
    expect(await json(response)).toEqual({
      ...nothingMore,
      status: 'member',
      balance: 120,
      pending: 30,
      earns: 49,
    });
  });

  it('a customer who never bought is a member with nothing yet', async () => {
    expect(await json(await ask('?total=10&currency=EUR', jwt({ sub: member() })))).toEqual({
      ...nothingMore,
      status: 'member',
      balance: 0,
      pending: 0,
      earns: 10,
    });
  });

  it('a guest sees what the order would earn', async () => {
    expect(await json(await ask('?total=49.99&currency=EUR'))).toEqual({
      status: 'guest',
      earns: 49,
      isAbout: true,
    });
  });

  it('campaigns count: by product, tag and collection, of what the lines are after all discounts', async () => {
    const asksFor = async (lines: string) =>
      json(await ask(`?total=120&tax=15&shipping=5&currency=EUR&${lines}`));
    const launched = new Date('2026-01-01T00:00:00Z');
    const product = { shopId: shop.id, title: 'x', status: 'active', shopifyUpdatedAt: launched };
    await prisma().product.create({ data: { ...product, id: 8n, tags: ['Summer'], collectionIds: [3n] } });
    const campaign = { shopId: shop.id, id: null, now: launched };
    const campaignDraft = { title: 'x', enabled: true, startsOn: null, endsOn: null, minimum: null };
    const save = (over: Partial<CampaignDraft>) => {
      const goods = { productIds: [], collectionIds: [], tags: [], maxExtra: null };
      const draft = { ...campaignDraft, ...goods, factor: '2', scope: 'all' as const, ...over };
      return withShop(shop.id, (tx) => updateCampaign(tx, { ...campaign, draft }));
    };
    await save({ scope: 'products', productIds: [7n] });
    expect(await asksFor('line=7:60&line=9:60')).toMatchObject({ earns: 150 });
    await save({ scope: 'tags', tags: ['summer'], factor: '3' });
    expect(await asksFor('line=8:12&line=9:108')).toMatchObject({ earns: 120 });
    await save({ scope: 'collections', collectionIds: [3n], factor: '11', maxExtra: 50 });
    expect(await asksFor('line=8:12&line=9:108')).toMatchObject({ earns: 150 });
    expect(await asksFor('')).toMatchObject({ earns: 100 });
    await withShop(shop.id, (tx) =>
      updateEarnRule(tx, { shopId: shop.id, changes: { minimum: '100.01' }, now: new Date() }),
    );
    expect(await asksFor('line=7:120')).toMatchObject({ earns: 0 });
    // The rest of a large order is of no product.
    await withShop(shop.id, (tx) =>
      updateEarnRule(tx, {
        shopId: shop.id,
        changes: { minimum: null, scope: 'products', productIds: [7n], allBut: true },
        now: new Date(),
      }),
    );
    expect(await asksFor('line=7:60&line=9:60')).toMatchObject({ earns: 50 });
    expect(await asksFor('line=9:60&line=0:60')).toMatchObject({ earns: 50 });
    expect(await asksFor('')).toMatchObject({ earns: 0 });
    for (const wrong of ['line=7', 'line=a:1', 'line=1:-1', 'line=1:1:gift', 'line=1:1&'.repeat(501)])
      expect((await ask(`?total=120&currency=EUR&${wrong}`)).status).toBe(400);
  });

  it('each line of the largest cart counts as the product that it is, before and after it was bought', async () => {
    const ids = Array.from({ length: 500 }, (_, index) => 8_123_456_789_000n + BigInt(index));
    const facts = { shopId: shop.id, title: 'x', status: 'active', shopifyUpdatedAt: now };
    const products = ids.map((id) => ({ ...facts, id, tags: id % 2n ? ['Even'] : [], collectionIds: [] }));
    await prisma().product.createMany({ data: products });
    await withShop(shop.id, (tx) =>
      updateEarnRule(tx, { shopId: shop.id, changes: { scope: 'tags', tags: ['even'] }, now: new Date() }),
    );
    const form = ids.map((id) => `&line=${id}:0.30`).join('');
    const answer = await ask('', jwt(), 'POST', `total=150&tax=0&currency=EUR${form}`);
    expect(await json(answer)).toEqual({ status: 'guest', earns: 75, isAbout: false });
  });

  it('a gift card that somebody bought before is not promised points', async () => {
    const profileId = await aProfile(shop.id);
    const orderId = await anOrder(shop.id, { profileId });
    const bought = {
      shopId: shop.id,
      orderId,
      title: 'x',
      quantity: 1,
      price: '50',
      discount: '0',
      tax: '0',
    };
    await prisma().orderLine.create({
      data: { ...bought, id: 77n, productId: 9n, currentQuantity: 1, net: '50', isGiftCard: true },
    });
    const query = '?total=80&tax=0&currency=EUR&line=8:30:digital';
    expect(await json(await ask(`${query}&line=9:50:digital`))).toMatchObject({ earns: 30 });
    expect(await json(await ask(`${query}&line=9:50:digital`, jwt({ sub: member() })))).toMatchObject({
      earns: 30,
    });
    expect(await json(await ask(`${query}&line=10:50:digital`))).toMatchObject({ earns: 80 });
  });

  it('prices that contain tax: nor does the tax of shipping count', async () => {
    const query = '?total=130.90&tax=20.90&shipping=11.90&taxIncluded=1&currency=EUR';
    expect(await json(await ask(query))).toEqual({ status: 'guest', earns: 100, isAbout: true });
  });

  it('tax and shipping do not count when the rule says so', async () => {
    expect(await json(await ask('?total=124.95&tax=19.95&shipping=5&currency=EUR'))).toEqual({
      ...{ status: 'guest', earns: 100, isAbout: false },
    });
    await withShop(shop.id, (tx) =>
      updateEarnRule(tx, { shopId: shop.id, changes: { includeShipping: true }, now: new Date() }),
    );
    expect(await json(await ask('?total=124.95&tax=19.95&shipping=5&currency=EUR'))).toEqual({
      ...{ status: 'guest', earns: 105, isAbout: false },
    });
  });

  it('promises nothing in another currency than the shop’s', async () => {
    expect(await json(await ask('?total=49.99&currency=USD'))).toEqual({
      ...{ status: 'guest', earns: 0, isAbout: false },
    });
  });

  it('the customer comes from the token, never from the query', async () => {
    const profileId = await aProfile(shop.id, { shopifyCustomerId: customer });
    await withShop(shop.id, (tx) =>
      postTransactions(tx, {
        shopId: shop.id,
        now,
        transactions: [
          {
            kind: 'earn',
            key: 'a',
            occurredAt: now,
            postings: [{ profileId, account: 'points', points: 5 }],
          },
        ],
      }),
    );
    expect(
      await json(await ask(`?total=1&currency=EUR&sub=${member()}&customer=${customer}&shop=${shop.domain}`)),
    ).toEqual({ status: 'guest', earns: 1, isAbout: true });
  });

  it('the same customer number in another shop is another person', async () => {
    const other = await aShop();
    await aProfile(other.id, { shopifyCustomerId: customer });
    expect(await json(await ask('?total=1&currency=EUR', jwt({ sub: member() })))).toMatchObject({
      balance: 0,
    });
  });

  it('is off while the rule is, while the shop is not active, and for a shop that is not there', async () => {
    const off = { status: 'off' };
    await withShop(shop.id, (tx) =>
      updateEarnRule(tx, { shopId: shop.id, changes: { enabled: false }, now: new Date() }),
    );
    expect(await json(await ask('?total=1&currency=EUR'))).toEqual(off);
    shop = await aShop({ status: 'uninstalled' });
    expect(await json(await ask('?total=1&currency=EUR'))).toEqual(off);
    expect(await json(await ask('?total=1&currency=EUR', jwt({ dest: 'nobody.myshopify.com' })))).toEqual(
      off,
    );
  });

  it('accepts the destination with and without https', async () => {
    expect((await ask('?total=1&currency=EUR', jwt({ dest: `https://${shop.domain}` }))).status).toBe(200);
  });
});

describe('who is let in', () => {
  it('a preflight gets its headers and nothing else', async () => {
    const response = await ask('', null, 'OPTIONS');
    expect(response.status).toBe(204);
    expect(response.headers.get('Access-Control-Allow-Headers')).toContain('Authorization');
  });

  it('a command is told how to ask', async () => {
    const response = await ask('?total=1&currency=EUR', jwt(), 'PUT', 'total=1&currency=EUR');
    expect({ status: response.status, answer: await json(response) }).toEqual({
      status: 405,
      answer: { error: 'Points are asked for with GET or POST.', reason: 'method' },
    });
  });

  it('a form is read of who has a token only, and only if it is no longer than a cart can be', async () => {
    const form = 'total=10&tax=0&currency=EUR';
    expect(await json(await ask('', jwt(), 'POST', form))).toMatchObject({ earns: 10 });
    expect((await ask('?total=10&tax=0&currency=EUR', jwt(), 'POST', '')).status).toBe(400);
    expect((await ask('', null, 'POST', form)).status).toBe(401);
    expect((await ask('', jwt({ aud: 'another-app' }), 'POST', form)).status).toBe(401);
    const large = await ask('', jwt(), 'POST', `${form}&line=${'1'.repeat(64 * 1024)}`);
    expect(await json(large)).toMatchObject({ reason: 'too_large' });
    expect(large.status).toBe(413);
  });

  it.each([
    ['no token', () => null],
    ['no JWT', () => 'abc'],
    ['a wrong signature', () => jwt({}, 'another-secret')],
    [
      'no signature at all',
      () => `${shopperToken(shop.domain, {}, '', 'none').split('.').slice(0, 2).join('.')}.`,
    ],
    ['a token of another app', () => jwt({ aud: 'another-app' })],
    ['an expired token', () => jwt({ exp: Math.floor(Date.now() / 1_000) - 60 })],
    ['a token that is not valid yet', () => jwt({ nbf: Math.floor(Date.now() / 1_000) + 600 })],
    ['a token without a shop', () => jwt({ dest: undefined })],
  ])('%s: 401, readable from any origin', async (_name, token) => {
    const response = await ask('?total=1&currency=EUR', token());
    expect(response.status).toBe(401);
    expect(await json(response)).toHaveProperty('error');
  });

  it.each([
    '',
    '?total=1',
    '?currency=EUR',
    '?total=ten&currency=EUR',
    '?total=-1&currency=EUR',
    '?total=1e9&currency=EUR',
    '?total=1&currency=euro',
    '?total=1&tax=x&currency=EUR',
  ])('a question that makes no sense (%s): 400 with a sentence', async (query) => {
    const response = await ask(query);
    expect(response.status).toBe(400);
    expect(JSON.stringify(await json(response))).toContain('total');
  });
});

describe('speed', () => {
  it('takes a few milliseconds, not a search', async () => {
    const token = jwt({ sub: member() });
    const times: number[] = [];
    for (let run = 0; run < 100; run += 1) {
      const start = performance.now();
      await ask('?total=10&currency=EUR', token);
      times.push(performance.now() - start);
    }
    times.sort((a, b) => a - b);
    // The budget (p99 below 50 ms) is the bench's business; on a busy machine half of them must still be well within it.
    expect(times[50]).toBeLessThan(50);
  });
});
