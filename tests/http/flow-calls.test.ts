import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { adjustPoints, applyTiers, getBalance } from '~/modules/loyalty/index.server';
import { signalHandles } from '~/modules/signals/types';
import { clock } from '~/platform/clock.server';
import { hmacBase64 } from '~/platform/crypto.server';
import { prisma, withShop } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { postPointsAndTiers } from '~/processes/post-points-and-tiers.server';
import { signalsTold } from '~/processes/signals-told.server';
import { standingsTold } from '~/processes/standings-told.server';
import { action as addPoints } from '~/routes/api.flow.points';
import { action as createCode } from '~/routes/api.flow.referral-code';
import { action as tellUse } from '~/routes/api.flow.usage';
import { receiveFlowTrigger } from '../../dev/store/admin-api/flow-mutations';
import { anOrder, aProfile, aShop } from '../factories/loyalty';
import { FakeStandingPlace } from '../factories/standings';
import { aTier } from '../factories/tiers';
import { useTestDatabase } from '../setup/database';

useTestDatabase();

let shop: { id: number; domain: string };
let other: { id: number; domain: string };
beforeAll(async () => {
  [shop, other] = [await aShop(), await aShop()];
});

type Action = typeof addPoints;

async function call(to: Action, body: object, secret = 'test-api-secret') {
  const text = JSON.stringify(body);
  const request = new Request('https://perennial.test/api/flow', {
    method: 'POST',
    headers: { 'X-Shopify-Hmac-Sha256': hmacBase64(secret, text), 'Content-Type': 'application/json' },
    body: text,
  });
  const response = await to({ request, params: {}, context: {} });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const run = (properties: object, runId = 'run-1', domain = shop.domain) => ({
  shopify_domain: domain,
  action_run_id: runId,
  properties,
});
const balanceOf = async (shopId: number, customer: string) => {
  const { profileId } = await prisma().profileIdentity.findFirstOrThrow({
    where: { shopId, kind: 'shopify', value: customer },
  });
  return (await withShop(shopId, (tx) => getBalance(tx, { shopId, profileId }))).points;
};

describe('a step of a workflow', () => {
  it('gives points once per run, also at once, to a customer nobody has told of yet', async () => {
    const step = run({ customer_id: 7_001, points: 50, reason: 'Birthday' });
    const answers = await Promise.all([1, 2, 3, 4].map(() => call(addPoints, step)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await balanceOf(shop.id, '7001')).toBe(50);
    await call(addPoints, run({ customer_id: 'gid://shopify/Customer/7001', points: '5' }, 'run-2'));
    expect(await balanceOf(shop.id, '7001')).toBe(55);
    await call(addPoints, run({ customer_id: 7_001, points: 3 }, 'run-1', other.domain));
    expect([await balanceOf(shop.id, '7001'), await balanceOf(other.id, '7001')]).toEqual([55, 3]);
  });

  it('makes one code, and says where it leads', async () => {
    const first = await call(createCode, run({ customer_id: 7_002 }));
    const again = await call(createCode, run({ customer_id: 7_002 }, 'run-2'));
    expect(first.status).toBe(200);
    expect(first.body).toEqual(again.body);
    expect(JSON.stringify(first.body)).toMatch(/"link":"https:\/\/[^"]+\/apps\/perennial\/r\//);
  });

  it('is refused in words a merchant can act on', async () => {
    const wrong = await call(addPoints, run({ customer_id: 7_001, points: 1.5 }, 'run-3'));
    expect(wrong).toMatchObject({
      status: 422,
      body: { message: 'Points must be a whole number from 1 to 1,000,000.' },
    });
    const nobody = await call(addPoints, run({ points: 5 }, 'run-3'));
    expect(nobody).toMatchObject({ status: 422, body: { message: 'The step needs a customer.' } });
    const used = await call(addPoints, run({ customer_id: 7_001, points: 99 }));
    expect(used.status).toBe(409);
    expect((await call(addPoints, run({ customer_id: 7_001, points: 5 }), 'another secret')).status).toBe(
      401,
    );
    const gone = run({ customer_id: 7_001, points: 5 }, 'run-3', 'nobody.myshopify.com');
    expect((await call(addPoints, gone)).status).toBe(404);
    expect(await balanceOf(shop.id, '7001')).toBe(55);
  });
});

const use = (triggerId: string, inUse: boolean, at: string, domain: string) =>
  call(tellUse, {
    flow_trigger_definition_id: triggerId,
    has_enabled_flow: inUse,
    shop_id: 690933842,
    shopify_domain: domain,
    timestamp: at,
  });

/** What Shopify Flow hears, checked against the extensions by the stand-in. */
function aFlow() {
  const heard: { handle: string; payload: Record<string, unknown> }[] = [];
  const shopState = { flowTriggers: [] as unknown[] };
  const api = { shop: shopState, store: { clock: { iso: () => '' }, touch: () => undefined } };
  const tell = (handle: string, payload: Record<string, string | number>) => {
    const answer = receiveFlowTrigger(api as never, { handle, payload }) as unknown as {
      userErrors: { message: string }[];
    };
    heard.push({ handle, payload });
    return Promise.resolve(answer.userErrors[0]?.message ?? null);
  };
  return { heard, tell };
}

describe('what a workflow begins with', () => {
  it('is told once per cause, where it is used, and not of what came before', async () => {
    const { id: shopId, domain } = await aShop();
    const since = new Date(Date.now() - 60_000);
    const profileId = await aProfile(shopId, { shopifyCustomerId: 8_801n });
    const past = { shopId, now: new Date('2026-01-01T00:00:00Z') };
    await aTier(shopId);
    await prisma().earnRule.create({
      data: { shopId, version: 1, enabled: true, pointsPerUnit: 1, effectiveFrom: past.now },
    });
    const old = await anOrder(shopId, {
      profileId,
      goods: '10',
      processedAt: new Date('2026-05-01T00:00:00Z'),
    });
    const place = new FakeStandingPlace();
    const { heard, tell } = aFlow();
    const settle = async (orderIds: bigint[]) => {
      const now = clock.now();
      await withShop(shopId, (tx) => postPointsAndTiers(tx, { shopId, orderIds, profileIds: [], now }));
      await standingsTold(shopId, place);
      await signalsTold(shopId, tell);
    };
    await settle([old]);
    expect(await prisma().signal.count({ where: { shopId } })).toBe(0); // nothing is used

    for (const handle of signalHandles) await use(handle, true, since.toISOString(), domain);
    const fresh = await anOrder(shopId, { profileId, goods: '60', processedAt: clock.now() });
    await settle([old, fresh]);
    await settle([old, fresh]);
    await withShop(shopId, (tx) => applyTiers(tx, { shopId, profileIds: [profileId], now: clock.now() }));
    expect(heard.map(({ handle }) => handle).sort()).toEqual([
      'loyalty-points-earned',
      'loyalty-tier-changed',
    ]);
    expect(heard.find(({ handle }) => handle === 'loyalty-points-earned')?.payload).toMatchObject({
      customer_id: 8_801,
      Points: 60,
      Balance: 70,
    });
    expect(heard.find(({ handle }) => handle === 'loyalty-tier-changed')?.payload).toMatchObject({
      'Previous tier': '',
      'New tier': 'Gold',
    });
    const unsent = await prisma().signal.findMany({ where: { shopId, sentAt: null } });
    expect(unsent).toEqual([]); // the stand-in knows the handle and every field

    await use('loyalty-points-earned', false, new Date().toISOString(), domain);
    await use('loyalty-points-earned', true, since.toISOString(), domain); // older news
    await settle([await anOrder(shopId, { profileId, goods: '5', processedAt: clock.now() })]);
    expect(heard).toHaveLength(2);
  });

  it('waits while Shopify is silent, and is given up when refused six times', async () => {
    const { id: shopId, domain } = await aShop();
    await use('an id of Shopify', true, '2026-01-01T00:00:00Z', domain); // counts for all
    const profileId = await aProfile(shopId, { shopifyCustomerId: 8_802n });
    await prisma().signal.create({
      data: {
        shopId,
        handle: 'loyalty-points-earned',
        key: 'x',
        profileId,
        payload: { Points: 1 },
        occurredAt: clock.now(),
        dueAt: clock.now(),
      },
    });
    const silence = () =>
      Promise.reject(new AppError('unavailable', { message: 'silence', userMessage: 'silence' }));
    await expect(signalsTold(shopId, silence)).rejects.toThrow('silence');
    let offset = 0;
    for (let attempt = 0; attempt < 8; attempt += 1) {
      await signalsTold(shopId, aFlow().tell);
      clock.moveTo((offset += 24 * 3_600_000));
    }
    clock.moveTo(0);
    const signal = await prisma().signal.findFirstOrThrow({ where: { shopId } });
    expect(signal).toMatchObject({ attempts: 6, dueAt: null, sentAt: null });
    expect(signal.error).toMatch(/Required property/);
    await withShop(shopId, (tx) =>
      adjustPoints(tx, { shopId, profileId, points: 1, reason: 'r', staff: 's', key: 'k', now: clock.now() }),
    );
    await standingsTold(shopId, new FakeStandingPlace()); // by hand is not earned
    expect(await prisma().signal.count({ where: { shopId } })).toBe(1);
  });

  it('has an extension for each', () => {
    const handles = readdirSync('extensions').flatMap((name) => {
      if (!name.startsWith('flow-')) return [];
      const toml = readFileSync(`extensions/${name}/shopify.extension.toml`, 'utf8');
      return toml.includes('"flow_trigger"') ? [/^handle = "(.+)"/m.exec(toml)?.[1]] : [];
    });
    expect(handles.sort()).toEqual([...signalHandles].sort());
  });
});
