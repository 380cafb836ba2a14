import { beforeEach, describe, expect, it } from 'vitest';
import { getBalance, rotateEarnKey } from '~/modules/loyalty/index.server';
import { prisma, withShop } from '~/platform/db/index.server';
import { action, loader } from '~/routes/api.earn';
import { anEarnAction } from '../factories/earning';
import { aProfile, aShop } from '../factories/loyalty';
import { useTestDatabase } from '../setup/database';

useTestDatabase();

let shopId = 0;
let profileId = 0n;
let key = '';

const rotate = async (shop: number): Promise<string> =>
  (await withShop(shop, (tx) => rotateEarnKey(tx, { shopId: shop, now: new Date() }))).key;

beforeEach(async () => {
  shopId = (await aShop()).id;
  profileId = await aProfile(shopId, { shopifyCustomerId: 77n });
  await anEarnAction(shopId, { trigger: 'custom', event: 'survey', title: 'Survey', minimum: '10' });
  await anEarnAction(shopId);
  key = await rotate(shopId);
});

async function send(body: unknown, bearer: string | null = key): Promise<{ status: number; body: unknown }> {
  const headers = new Headers({ 'content-type': 'application/json' });
  if (bearer !== null) headers.set('Authorization', `Bearer ${bearer}`);
  const request = new Request('https://perennial.test/api/earn', {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const response = await action({ request, params: {}, context: {} });
  return { status: response.status, body: await response.json() };
}
const review = { event: 'review', eventId: 'r-1', customer: { id: '77' } };
const points = async () => (await withShop(shopId, (tx) => getBalance(tx, { shopId, profileId }))).points;

describe('an event told through the API', () => {
  it('gives points once, however often it is sent, also at once', async () => {
    expect(await send(review)).toEqual({
      status: 200,
      body: { status: 'recorded', balance: { points: 50, pending: 0 } },
    });
    expect(await send({ ...review, occurredAt: new Date(Date.now() - 60_000).toISOString() })).toMatchObject({
      body: { status: 'known', balance: { points: 50 } },
    });
    await Promise.all(Array.from({ length: 20 }, () => send({ ...review, eventId: 'r-2' })));
    expect(await points()).toBe(100);
  });

  it('is told on the customer’s timeline once, with what it gave', async () => {
    const told = () =>
      prisma().timelineEvent.findMany({
        where: { shopId, kind: 'event_earned' },
        orderBy: { key: 'asc' },
        select: { profileId: true, data: true },
      });
    await send(review);
    await send(review);
    await send({ event: 'survey', eventId: 's-1', amount: '9.99', customer: { id: '77' } });
    expect(await told()).toEqual([
      { profileId, data: { title: 'Survey', points: 0 } },
      { profileId, data: { title: 'Write a review', points: 50 } },
    ]);
  });

  it('knows customers by e-mail too, and custom events with a minimum', async () => {
    const value = 'ann@example.com';
    await prisma().profileIdentity.create({
      data: { shopId, kind: 'email', value, profileId, assertedAt: new Date() },
    });
    const survey = { event: 'survey', customer: { email: ' Ann@Example.com' } };
    await send({ ...survey, eventId: 's-1', amount: '9.99' });
    expect(await points()).toBe(0);
    await send({ ...survey, eventId: 's-2', amount: '10.00' });
    expect(await points()).toBe(50);
  });

  it('says what is missing', async () => {
    expect(await send({ ...review, event: 'other' })).toEqual({
      status: 404,
      body: { status: 'unknown_event' },
    });
    expect(await send({ ...review, customer: { id: '78' } })).toEqual({
      status: 404,
      body: { status: 'unknown_customer' },
    });
    expect((await send({ ...review, occurredAt: '2020-01-01T00:00:00Z' })).status).toBe(400);
    expect((await send({ ...review, occurredAt: '2999-01-01T00:00:00Z' })).status).toBe(400);
    for (const wrong of [
      '{',
      '[]',
      { ...review, customer: {} },
      { ...review, eventId: '' },
      { ...review, amount: 'x' },
    ])
      expect((await send(wrong)).status).toBe(400);
    expect(loader().status).toBe(405);
  });

  it('needs the shop’s own key; a new one ends the old', async () => {
    const other = (await aShop()).id;
    await anEarnAction(other);
    const foreign = await rotate(other);
    expect(await send(review, foreign)).toEqual({ status: 404, body: { status: 'unknown_customer' } });
    for (const wrong of [null, '', 'x', key.slice(0, -1) + '!', key.replace(/^pek_\d+/, `pek_${other}`)])
      expect((await send(review, wrong)).status).toBe(401);
    const next = await rotate(shopId);
    expect((await send(review)).status).toBe(401);
    expect((await send(review, next)).status).toBe(200);
    await prisma().shop.update({ where: { id: shopId }, data: { status: 'uninstalled' } });
    expect((await send(review, next)).status).toBe(401);
    expect(await points()).toBe(50);
  });

  it('may be told 600 times a minute', async () => {
    await send(review);
    await prisma().earnSettings.updateMany({ where: { shopId }, data: { calls: 600 } });
    const [first] = [await send({ ...review, eventId: 'r-3' })];
    // A minute may have begun in between: then the count did, too.
    const { calls } = await prisma().earnSettings.findFirstOrThrow({ where: { shopId } });
    expect(first.status).toBe(calls > 600 ? 429 : 200);
  });
});
