import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { ensureEarnRule, getBalance, updateReward } from '~/modules/loyalty/index.server';
import { prisma, withShop } from '~/platform/db/index.server';
import { sessionStorage } from '~/platform/sessions/session-storage.server';
import { standInFetch } from '~/platform/sessions/stand-in-fetch.server';
import { action, loader } from '~/routes/api.shopper.redeem';
import { createCustomer } from '../../dev/store/actions/customers';
import type { RunningStore } from '../../dev/store/start-store';
import { aShop, ledgerTotals } from '../factories/loyalty';
import { aMember, aReward } from '../factories/rewards';
import { usePointsAtCheckout } from '../factories/points-at-checkout';
import { demoDomain, shopperRequest, shopperToken, signedIn, storeWithApp } from '../factories/shopper';
import { useTestDatabase } from '../setup/database';

useTestDatabase();
const askPoints = usePointsAtCheckout();

let store: RunningStore;
let shopId = 0;
let profileId = 0n;
let customerId = 0n;
let rewardId = 0n;
let key = 0;

beforeAll(async () => {
  store = await storeWithApp();
  shopId = (await aShop({ domain: demoDomain })).id;
  await withShop(shopId, (tx) => ensureEarnRule(tx, { shopId, now: new Date('2026-01-01T00:00:00Z') }));
  rewardId = await aReward(shopId, { points: 400, minimumSubtotal: '20' });
});

beforeEach(async () => {
  ({ profileId, customerId } = await aShopper());
  vi.stubGlobal('fetch', toStore(fetch));
});

afterAll(() => store.close());

/** A customer of the stand-in store with 1,000 points. */
async function aShopper() {
  key += 1;
  const customer = createCustomer(store.store, store.store.getShop(demoDomain), {
    email: `shopper-${key}@example.com`,
  });
  const profile = await aMember(shopId, 1_000);
  const where = { id: profile };
  await prisma().profile.updateMany({ where, data: { shopifyCustomerId: customer.id } });
  await prisma().profileIdentity.updateMany({
    where: { profileId: profile, kind: 'shopify' },
    data: { value: String(customer.id) },
  });
  return { profileId: profile, customerId: customer.id };
}

/** What is meant for the shop goes to the stand-in; the rest where it was going. */
function toStore(real: typeof fetch): typeof fetch {
  return (input, init) => {
    const isForShop = new URL(input instanceof Request ? input.url : input).hostname === demoDomain;
    return isForShop ? standInFetch(store.url)(input, init) : real(input, init);
  };
}

const mine = () => shopperToken(demoDomain, signedIn(customerId));

async function redeem(
  body: unknown = { rewardId: String(rewardId), key: newKey() },
  token: string | null = mine(),
  method = 'POST',
) {
  const request = shopperRequest('/api/shopper/redeem', {
    token,
    method,
    ...(method === 'POST' && { body }),
  });
  const response = await action({ request, params: {}, context: {} });
  expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*');
  return { status: response.status, body: z.record(z.string(), z.unknown()).parse(await response.json()) };
}

const newKey = () => `press-${(key += 1)}-of-a-button`;
const balance = async () => (await withShop(shopId, (tx) => getBalance(tx, { shopId, profileId }))).points;
const codesInShopify = () => store.store.getShop(demoDomain).discounts.map(({ code }) => code);

async function points() {
  const response = await askPoints('?total=50&currency=EUR', { token: mine() });
  return z.record(z.string(), z.unknown()).parse(await response.json());
}

describe('a shopper redeems', () => {
  it('and has a real code, which the checkout is told of from then on', async () => {
    expect(await points()).toMatchObject({
      balance: 1_000,
      rewards: [{ id: String(rewardId), title: '5 € off', points: 400, minimum: '20' }],
      currency: 'EUR',
      tier: null,
      codes: [],
    });
    const { status, body } = await redeem();
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'ready', title: '5 € off' });
    expect(codesInShopify()).toContain(body.code);
    expect(await points()).toMatchObject({
      balance: 600,
      codes: [{ code: body.code, title: '5 € off', minimum: '20', expiresAt: body.expiresAt }],
    });
  });

  it('once, however often the button’s request arrives, also all at once', async () => {
    const command = { rewardId: String(rewardId), key: newKey() };
    const answers = await Promise.all([redeem(command), redeem(command), redeem(command)]);
    answers.push(await redeem(command));
    expect(new Set(answers.map(({ body }) => body.code)).size).toBe(1);
    expect(await balance()).toBe(600);
  });

  it('no more than the balance allows, with twenty presses at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => redeem()));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(2);
    const reasons = answers.filter(({ status }) => status !== 200).map(({ body }) => body.reason);
    expect(new Set(reasons)).toEqual(new Set(['too_few_points']));
    expect(await balance()).toBe(200);
    expect(await ledgerTotals()).toEqual({ drifted: 0, sum: 0n, unbalanced: 0 });
  });

  it('two people may make up the same key', async () => {
    const other = await aShopper();
    const command = { rewardId: String(rewardId), key: newKey() };
    const [first, second] = [
      await redeem(command),
      await redeem(command, shopperToken(demoDomain, signedIn(other.customerId))),
    ];
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(first.body.code).not.toBe(second.body.code);
  });

  it('and hears that the code follows when Shopify can’t be asked', async () => {
    const id = `offline_${demoDomain}`;
    const session = (await sessionStorage.loadSession(id))!;
    await sessionStorage.deleteSession(id);
    const { status, body } = await redeem();
    await sessionStorage.storeSession(session);
    expect([status, body]).toEqual([202, { status: 'preparing' }]);
    expect(await balance()).toBe(600);
  });

  it('a reward with a limit is not offered beyond it, and refused', async () => {
    const rare = await aReward(shopId, { points: 1, perCustomerLimit: 1 });
    const offered = async () => z.array(z.object({ id: z.string() })).parse((await points()).rewards);
    expect((await offered()).map(({ id }) => id)).toContain(String(rare));
    expect((await redeem({ rewardId: String(rare), key: newKey() })).status).toBe(200);
    expect((await offered()).map(({ id }) => id)).not.toContain(String(rare));
    const again = await redeem({ rewardId: String(rare), key: newKey() });
    expect([again.status, again.body.reason]).toEqual([400, 'limit_reached']);
  });
});

describe('who gets nothing', () => {
  it('somebody with too few points', async () => {
    const dear = await aReward(shopId, { points: 5_000 });
    const { status, body } = await redeem({ rewardId: String(dear), key: newKey() });
    expect([status, body.reason]).toEqual([400, 'too_few_points']);
  });

  it('somebody the app has not heard of', async () => {
    const { status, body } = await redeem(undefined, shopperToken(demoDomain, signedIn(123n)));
    expect([status, body.reason]).toEqual([400, 'too_few_points']);
  });

  it('a guest', async () => {
    const { status, body } = await redeem(undefined, shopperToken(demoDomain));
    expect([status, body.reason]).toEqual([403, 'guest']);
  });

  it('whoever wants a reward of another shop, or one that is switched off', async () => {
    const theirs = await aReward((await aShop()).id, { points: 1 });
    const foreign = await redeem({ rewardId: String(theirs), key: newKey() });
    expect([foreign.status, foreign.body.reason]).toEqual([404, 'not_found']);
    const old = await aReward(shopId, { points: 1 });
    await withShop(shopId, (tx) =>
      updateReward(tx, { shopId, rewardId: old, enabled: false, now: new Date() }),
    );
    const off = await redeem({ rewardId: String(old), key: newKey() });
    expect([off.status, off.body.reason]).toEqual([400, 'not_offered']);
    expect(await balance()).toBe(1_000);
  });

  it('whoever’s shop has uninstalled the app', async () => {
    const gone = await aShop({ status: 'uninstalled' });
    expect((await redeem(undefined, shopperToken(gone.domain, signedIn(customerId)))).status).toBe(404);
  });

  it('whoever has spent the code of this key already', async () => {
    const command = { rewardId: String(rewardId), key: newKey() };
    const { body } = await redeem(command);
    await prisma().redemption.updateMany({ where: { code: String(body.code) }, data: { state: 'used' } });
    const again = await redeem(command);
    expect([again.status, again.body.reason]).toEqual([409, 'spent']);
  });

  it.each([
    ['no token', () => null],
    ['a token of another app', () => shopperToken(demoDomain, { aud: 'another-app' })],
    ['a token signed by somebody else', () => shopperToken(demoDomain, {}, 'another-secret')],
  ])('%s: 401', async (_what, token) => {
    expect((await redeem(undefined, token())).status).toBe(401);
  });

  it.each([
    'no json',
    {},
    { rewardId: 1, key: 'long-enough' },
    { rewardId: '1', key: 'short' },
    { rewardId: 'x', key: 'long-enough' },
    { rewardId: '1', key: 'x'.repeat(101) },
  ])('a command that makes no sense (%j): 400', async (body) => {
    const answer = await redeem(body);
    expect([answer.status, answer.body.reason]).toEqual([400, 'invalid']);
  });

  it('another method than POST', async () => {
    expect((await redeem(undefined, mine(), 'DELETE')).status).toBe(405);
  });
});

it('the preflight arrives at the loader', async () => {
  const request = shopperRequest('/api/shopper/redeem', { token: null, method: 'OPTIONS' });
  const response = await loader({ request, params: {}, context: {} });
  expect(response.status).toBe(204);
  expect(response.headers.get('Access-Control-Allow-Methods')).toContain('POST');
  const get = shopperRequest('/api/shopper/redeem', { token: mine() });
  expect((await loader({ request: get, params: {}, context: {} })).status).toBe(405);
});
