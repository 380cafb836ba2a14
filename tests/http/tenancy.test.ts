import { createHmac } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { adjustPoints } from '~/modules/loyalty/index.server';
import { profileTabs } from '~/modules/insights/types';
import { pool, withShop } from '~/platform/db/index.server';
import { sessionStorage } from '~/platform/sessions/session-storage.server';
import { offlineSession } from '../factories/session';
import { defaultProgramme } from '~/modules/referrals/types';
import { toProgrammeDraft } from '~/ui/referrals/programme-draft';
import { aTenant, tenantTables, type Tenant } from '../factories/tenant';
import { useTestDatabase } from '../setup/database';

useTestDatabase();

let own: Tenant;
let other: Tenant;

beforeAll(async () => {
  own = await aTenant('own');
  other = await aTenant('other');
  for (const { domain } of [own, other]) await sessionStorage.storeSession(offlineSession(domain));
}, 60_000);

/** A try as somebody of the shop `own`. `notFound` is what another shop's id must come to. */
interface Try {
  path: string;
  params?: Record<string, string>;
  form?: Record<string, string>;
  json?: unknown;
  expect: 'notFound' | 'fine';
}

interface RouteTries {
  loader?: () => Try[];
  action?: () => Try[];
  /** Why a route knows no shop; such routes are not tried. */
  open?: string;
}

/** Every route there is. One that is missing here fails the test. */
const routes: Record<string, RouteTries> = {
  '_index.tsx': { open: 'a page without data' },
  'auth.$.tsx': { open: "Shopify's library answers" },
  'dev.clock.ts': { open: 'development only, signed' },
  'mail-reports.ts': { open: 'the installation’s token; a mail’s own random token names its shop' },
  'health.ts': { open: 'figures of the installation' },
  'proxy.r.$code.tsx': {
    open: 'the shop is the one Shopify signed; tests/http/referral-page.test.ts tries others',
  },
  'proxy.visit.ts': { open: 'the shop is the one Shopify signed; tried in proxy-visit.test.ts' },
  'r.$token.tsx': { open: 'whoever has the token of a mail may follow its link' },
  'api.earn.ts': { open: 'signed by a key of the shop; tried in earn-api.test.ts' },
  'api.flow.points.ts': { open: 'the shop is the one Shopify signed; tried in flow-calls.test.ts' },
  'api.flow.referral-code.ts': { open: 'the shop is the one Shopify signed; tried in flow-calls.test.ts' },
  'api.flow.usage.ts': { open: 'the shop is the one Shopify signed; tried in flow-calls.test.ts' },
  'a.$code.tsx': { open: 'whoever has the link of an affiliate may follow it' },
  'partners.$token.tsx': { open: 'anybody may apply; tried in affiliates-portal.test.ts' },
  'portal.enter.$link.tsx': { open: 'whoever has the link of a mail; tried in affiliates-portal.test.ts' },
  'portal._index.tsx': { open: 'by a session of its own; tried in affiliates-portal.test.ts' },
  'portal.statements.$month.tsx': { open: 'by a session of its own; tried in affiliates-portal.test.ts' },
  'portal.$list.tsx': { open: 'by a session of its own; tried in affiliates-portal.test.ts' },
  'unsubscribe.$token.tsx': { open: 'whoever has the token of a mail may unsubscribe' },
  'app.tsx': { loader: () => [fine('/app')] },
  'app._index.tsx': {
    loader: () => [fine('/app')],
    action: () => [{ ...fine('/app'), form: { setup: 'dismiss' } }],
  },
  'app.choices.ts': {
    loader: () => [fine('/app/choices?kind=products'), fine('/app/choices?kind=collections&search=a')],
  },
  'app.carts._index.tsx': { loader: () => [fine('/app/carts'), fine('/app/carts?tab=ordered')] },
  'app.customers._index.tsx': {
    loader: () => [fine('/app/customers'), fine('/app/customers?q=anna')],
  },
  'app.customers.$id.tsx': {
    loader: () =>
      profileTabs.flatMap((tab) =>
        both(`/app/customers/:id?tab=${tab}`, ({ profileId }) => ({ id: String(profileId) })),
      ),
    action: () =>
      both('/app/customers/:id', ({ profileId }) => ({ id: String(profileId) })).flatMap((attempt): Try[] => [
        {
          ...attempt,
          form: { intent: 'adjust', key: `p${attempt.expect}`, points: '5', reason: 'because' },
        },
        {
          ...attempt,
          form: { intent: 'consent', key: `c${attempt.expect}`, state: 'subscribed' },
        },
        { ...attempt, form: { intent: 'noBirthday' } },
        { ...attempt, form: { intent: 'birthday', month: '5', day: '1' } },
        {
          ...attempt,
          form: { intent: 'referralLink' },
        },
        {
          ...attempt,
          form: {
            intent: 'giveBack',
            redemptionId: String((attempt.expect === 'fine' ? own : other).redemptionId),
          },
        },
        {
          ...notFound('/app/customers/:id'),
          params: { id: String(own.profileId) },
          form: { intent: 'giveBack', redemptionId: String(other.redemptionId) },
        },
        {
          ...notFound('/app/customers/:id'),
          params: { id: String(own.profileId) },
          form: { intent: 'redeem', key: 'r', rewardId: String(other.rewardId) },
        },
        {
          ...notFound('/app/customers/:id'),
          params: { id: String(own.profileId) },
          form: { intent: 'settle', paid: 'yes', redemptionId: String(other.redemptionId) },
        },
      ]),
  },
  'app.flows._index.tsx': { loader: () => [fine('/app/flows')] },
  'app.flows.$key.tsx': {
    loader: () => [{ ...fine('/app/flows/win_back'), params: { key: 'win_back' } }],
    action: (): Try[] => [
      {
        ...fine('/app/flows/win_back'),
        params: { key: 'win_back' },
        form: { intent: 'switch', enabled: 'true' },
      },
      { ...fine('/app/flows/win_back'), params: { key: 'win_back' }, form: { intent: 'days', days: '77' } },
    ],
  },
  'app.health.tsx': {
    loader: () => [fine('/app/health')],
    action: () =>
      both('/app/health', ({ deadDeliveryId }) => ({ id: String(deadDeliveryId) })).map(
        ({ params, ...attempt }) => ({ ...attempt, form: { intent: 'retry', id: params?.id ?? '' } }),
      ),
  },
  'app.loyalty.accounts.tsx': {
    loader: () => [fine('/app/loyalty/accounts'), fine('/app/loyalty/accounts?tab=month')],
    action: () => [
      { ...fine('/app/loyalty/accounts'), json: { pointValue: '0.02', mode: 'age', days: '365' } },
    ],
  },
  'app.loyalty.accounts_.export.tsx': {
    loader: () => [fine('/app/loyalty/accounts/export'), fine('/app/loyalty/accounts/export?unit=month')],
  },
  'app.loyalty.adjustments.tsx': {
    loader: () => [
      fine('/app/loyalty/adjustments'),
      fine(`/app/loyalty/adjustments?batch=${own.batchId}`),
      notFound(`/app/loyalty/adjustments?batch=${other.batchId}`),
    ],
    action: (): Try[] => [
      { ...fine('/app/loyalty/adjustments'), json: { intent: 'create', key: 'k', draft: adjustment } },
      ...['start', 'undo'].map((intent) => ({
        ...fine('/app/loyalty/adjustments'),
        json: { intent, id: String(own.batchId) },
      })),
      ...['start', 'undo', 'discard'].map((intent) => ({
        ...notFound('/app/loyalty/adjustments'),
        json: { intent, id: String(other.batchId) },
      })),
    ],
  },
  'app.loyalty.setup.tsx': {
    loader: () => [fine('/app/loyalty/setup')],
    action: () => [
      {
        ...fine('/app/loyalty/setup'),
        json: { key: 'k', draft: { pointsPerUnit: '2', withReward: false } },
      },
    ],
  },
  'app.loyalty.connections.tsx': {
    loader: () => [fine('/app/loyalty/connections')],
    action: () => [{ ...fine('/app/loyalty/connections'), json: { shareStandings: true, tagTiers: true } }],
  },
  'app.loyalty.adjustments_.failed.tsx': {
    loader: () => [
      fine(`/app/loyalty/adjustments/failed?batch=${own.batchId}`),
      notFound(`/app/loyalty/adjustments/failed?batch=${other.batchId}`),
    ],
  },
  'app.loyalty._index.tsx': { loader: () => [fine('/app/loyalty')] },
  'app.loyalty.tiers.tsx': {
    loader: () => [fine('/app/loyalty/tiers')],
    action: (): Try[] => [
      ...['preview', 'save'].map((intent) => ({
        ...fine('/app/loyalty/tiers'),
        json: { intent, draft: tiers },
      })),
      ...[own, other].map(({ rewardId }, index) => ({
        ...(index === 0 ? fine : notFound)('/app/loyalty/tiers'),
        json: {
          intent: 'benefits',
          draft: [{ tierId: 1, birthdayPoints: '5', giftRewardId: String(rewardId) }],
        },
      })),
    ],
  },
  'app.messages._index.tsx': { loader: () => [fine('/app/messages')] },
  'app.messages.$id.tsx': {
    loader: () => both('/app/messages/:id', ({ messageId }) => ({ id: String(messageId) })),
  },
  'app.messages.words.tsx': {
    loader: () => [fine('/app/messages/words'), fine('/app/messages/words?template=win_back&language=de')],
    action: () => [
      { ...fine('/app/messages/words'), json: { intent: 'preview', draft: mailWords } },
      { ...fine('/app/messages/words'), json: { intent: 'save', draft: mailWords } },
    ],
  },
  'app.messages.test.tsx': {
    loader: () => [fine('/app/messages/test')],
    action: () => [
      { ...fine('/app/messages/test'), form: { template: 'win_back', language: 'en', to: 'me@own.example' } },
    ],
  },
  'app.privacy.$id.tsx': {
    loader: () => both('/app/privacy/:id', ({ privacyRequestId }) => ({ id: String(privacyRequestId) })),
  },
  'app.loyalty.rewards.tsx': {
    loader: () => [
      fine('/app/loyalty/rewards'),
      fine('/app/loyalty/rewards?reward=new'),
      fine(`/app/loyalty/rewards?reward=${own.rewardId}`),
      notFound(`/app/loyalty/rewards?reward=${other.rewardId}`),
    ],
    action: () =>
      [own, other].flatMap(({ rewardId }, index): Try[] => {
        const attempt = index === 0 ? fine('/app/loyalty/rewards') : notFound('/app/loyalty/rewards');
        const id = String(rewardId);
        return [
          { ...attempt, json: { intent: 'switch', id, enabled: false } },
          { ...attempt, json: { intent: 'save', id, key: 'k', draft: reward } },
        ];
      }),
  },
  'app.loyalty.earning.tsx': {
    loader: () => [
      fine('/app/loyalty/earning'),
      fine('/app/loyalty/earning?way=birthday'),
      fine(`/app/loyalty/earning?way=${own.mark}`),
      notFound(`/app/loyalty/earning?way=${other.mark}`),
      fine('/app/loyalty/earning?campaign=new'),
      notFound('/app/loyalty/earning?campaign=77'),
    ],
    action: () => [
      { ...fine('/app/loyalty/earning'), json: { intent: 'preview', draft: wayToEarn } },
      { ...fine('/app/loyalty/earning'), json: { intent: 'save', draft: wayToEarn } },
      { ...fine('/app/loyalty/earning'), json: { intent: 'preview', campaign: null, draft: campaign } },
      { ...fine('/app/loyalty/earning'), json: { intent: 'save', campaign: null, draft: campaign } },
      { ...notFound('/app/loyalty/earning'), json: { intent: 'save', campaign: 77, draft: campaign } },
      { ...fine('/app/loyalty/earning'), json: { intent: 'rotate' } },
    ],
  },
  'app.referrals._index.tsx': {
    loader: () => [fine('/app/referrals'), fine('/app/referrals?tab=stopped')],
    action: () =>
      (['fine', 'notFound'] as const).map((expected) => ({
        ...(expected === 'fine' ? fine : notFound)('/app/referrals'),
        json: {
          ids: [String((expected === 'fine' ? own : other).referralId)],
          decision: 'rejected',
          reason: 'because',
        },
      })),
  },
  'app.referrals.$id.tsx': {
    loader: () => both('/app/referrals/:id', ({ referralId }) => ({ id: String(referralId) })),
    action: () =>
      both('/app/referrals/:id', ({ referralId }) => ({ id: String(referralId) })).map((attempt) => ({
        ...attempt,
        json: { ids: [String(own.referralId)], decision: 'rejected', reason: 'because' },
      })),
  },
  'app.referrals.settings.tsx': {
    loader: () => [fine('/app/referrals/settings')],
    action: () => [{ ...fine('/app/referrals/settings'), json: toProgrammeDraft(defaultProgramme) }],
  },
  'app.affiliates._index.tsx': {
    loader: () => [fine('/app/affiliates'), fine('/app/affiliates?tab=applied')],
    action: () => [{ ...fine('/app/affiliates'), json: { intent: 'start' } }],
  },
  'app.affiliates.$id.tsx': {
    loader: () => both('/app/affiliates/:id', ({ affiliateId }) => ({ id: String(affiliateId) })),
    action: () =>
      both('/app/affiliates/:id', ({ affiliateId }) => ({ id: String(affiliateId) })).flatMap(
        (attempt): Try[] => [
          { ...attempt, json: { intent: 'approve', groupId: own.affiliateGroupId } },
          { ...attempt, json: { intent: 'assign', code: 'NEWCODE' } },
          { ...attempt, json: { intent: 'withdraw', code: 'NEWCODE' } },
          {
            ...notFound('/app/affiliates/:id'),
            params: { id: String(own.affiliateId) },
            json: { intent: 'approve', groupId: other.affiliateGroupId },
          },
        ],
      ),
  },
  'app.affiliates.payouts.tsx': {
    loader: () => [fine('/app/affiliates/payouts')],
    action: (): Try[] => [
      {
        ...fine('/app/affiliates/payouts'),
        json: { intent: 'paid', id: String(own.payoutBatchId), reference: 'r' },
      },
      {
        ...notFound('/app/affiliates/payouts'),
        json: { intent: 'paid', id: String(other.payoutBatchId), reference: 'r' },
      },
      { ...notFound('/app/affiliates/payouts'), json: { intent: 'cancel', id: String(other.payoutBatchId) } },
    ],
  },
  'app.affiliates.payouts_.export.tsx': {
    loader: () => [
      fine(`/app/affiliates/payouts/export?batch=${own.payoutBatchId}`),
      notFound(`/app/affiliates/payouts/export?batch=${other.payoutBatchId}`),
    ],
  },
  'app.affiliates.settings.tsx': {
    loader: () => [fine('/app/affiliates/settings')],
    action: (): Try[] => [
      {
        ...fine('/app/affiliates/settings'),
        json: { intent: 'group', id: own.affiliateGroupId, key: 'k', draft: group },
      },
      {
        ...notFound('/app/affiliates/settings'),
        json: { intent: 'group', id: other.affiliateGroupId, key: 'k', draft: group },
      },
    ],
  },
  'app.settings.tsx': {
    loader: () => [fine('/app/settings')],
    action: () => [{ ...fine('/app/settings'), json: settings }],
  },
  'api.shopper.points.ts': {
    loader: () => [fine('/api/shopper/points?total=100.00&currency=EUR')],
  },
  'api.shopper.order.ts': {
    open: 'a signed-in shopper, by token alone: tests/http/shopper-account.test.ts tries the orders of others',
  },
  'api.shopper.account.ts': {
    open: 'a signed-in shopper, by token alone: tests/http/shopper-account.test.ts tries the same customer in another shop',
  },
  'proxy.loyalty.ts': {
    open: 'signed by Shopify for a shop and a customer: tests/http/proxy-loyalty.test.ts tries those of another',
  },
  'api.shopper.birthday.ts': {
    open: 'a signed-in shopper, by token alone: tests/http/shopper-birthday.test.ts tries the same customer in another shop',
  },
  'proxy.redeem.ts': {
    open: 'signed by Shopify for a shop and a customer: tests/http/proxy-redeem.test.ts tries the rewards of another shop',
  },
  'api.shopper.redeem.ts': {
    open: 'a preflight, and a command of a signed-in shopper: tests/http/shopper-redeem.test.ts tries the rewards of another shop',
  },
};

const reward = {
  title: 'Free shipping',
  kind: 'free_shipping',
  value: '',
  points: '100',
  minimumSubtotal: '',
  validityDays: '',
  perCustomerLimit: '',
  variantId: '',
  choosesPoints: false,
  perUnit: '100',
  most: '',
  step: '100',
  tierIds: [],
  combinesWithOrder: false,
  combinesWithProduct: false,
  combinesWithShipping: false,
};

const adjustment = {
  source: 'file',
  name: 'points.csv',
  text: 'email,points\nnobody@nowhere.example,5',
  tier: '',
  since: '',
  points: '',
  reason: 'Sorry',
};

const mailWords = {
  subject: 'Your cart at {{ shop.name }}',
  preheader: 'It is still here.',
  heading: 'Your cart',
  body: 'Hello,\n\nit is still here.',
  button: 'To the cart',
  closing: '',
};

const campaign = {
  title: 'Double points',
  enabled: true,
  factor: '2',
  scope: 'all',
  productIds: [],
  collectionIds: [],
  tags: '',
  startsOn: '',
  endsOn: '',
  minimum: '',
  maxExtra: '',
};

const wayToEarn = {
  trigger: 'review',
  event: '',
  title: 'Write a review',
  enabled: true,
  points: '50',
  pendingDays: '0',
  startsOn: '',
  endsOn: '',
  capTimes: '',
  capPeriod: 'ever',
  minimum: '',
  url: '',
};

const settings = {
  enabled: true,
  pointsPerUnit: '2',
  rounding: 'down',
  includeTax: false,
  includeShipping: false,
  includeGiftCards: false,
  pendingDays: '0',
  minimum: '',
  earnOnHistoric: false,
  cartDelayMinutes: '60',
  senderName: 'Own',
  senderEmail: '',
  replyTo: '',
  postalAddress: '',
  brandColor: '#2f6f4e',
  logoUrl: '',
  quiet: false,
  quietHoursStart: '21:00',
  quietHoursEnd: '08:00',
  capMessages: '3',
  capWindowHours: '72',
  holdoutPercent: '0',
};

const group = {
  name: 'Partners',
  kind: 'percent',
  value: '12',
  scope: 'lifetime',
  newCustomersOnly: true,
  holdDays: '14',
  windowDays: '60',
  rates: [],
};

const tiers = {
  enabled: true,
  basis: 'net_spend',
  span: 'rolling_year',
  graceDays: '30',
  tiers: [
    { key: 'a', id: null, name: 'Own', threshold: '10', multiplier: '1.5', entryPoints: '5' },
    { key: 'b', id: 1, name: 'Other', threshold: '20', multiplier: '2', entryPoints: '0' },
  ],
};

type RouteFunction = (input: {
  request: Request;
  params: Record<string, string>;
  context: object;
}) => Promise<unknown>;
const routeFunction = z.custom<RouteFunction>((value) => typeof value === 'function').optional();
const routeSchema = z.object({ loader: routeFunction, action: routeFunction });
const dataSchema = z.object({
  type: z.literal('DataWithResponseInit'),
  data: z.unknown(),
  init: z.object({ status: z.number().optional() }).nullish(),
});
const modules = import.meta.glob('../../app/routes/*.{ts,tsx}');
const userAgent =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36';

describe('a page of another shop', () => {
  it.each(readdirSync('app/routes'))('%s does not show or change what is not its own', async (file) => {
    const tries = routes[file];
    if (!tries) throw new Error(`Say in this test how ${file} is to be tried with another shop's ids.`);
    if (tries.open) return;
    const module = routeSchema.parse(await load(file));
    expect({ loader: 'loader' in tries, action: 'action' in tries }).toEqual({
      loader: module.loader !== undefined,
      action: module.action !== undefined,
    });
    const before = await fingerprint(other.shopId);
    for (const attempt of tries.loader?.() ?? []) await expectApart('GET', attempt, module.loader);
    for (const attempt of tries.action?.() ?? []) await expectApart('POST', attempt, module.action);
    expect(await fingerprint(other.shopId)).toEqual(before);
  });
});

describe('points at checkout', () => {
  it('are those of the shop the token is for, though a customer of another has the same id', async () => {
    await withShop(other.shopId, (tx) =>
      adjustPoints(tx, {
        ...other,
        points: 1_234,
        reason: 'gift',
        staff: 'staff:1',
        key: 'gift',
        now: new Date(),
      }),
    );
    const module = routeSchema.parse(await load('api.shopper.points.ts'));
    const balances = [own, other].map(async ({ domain }) => {
      const authorization = `Bearer ${sessionToken(domain, { sub: 'gid://shopify/Customer/7001' })}`;
      const request = new Request('https://perennial.test/api/shopper/points?total=100.00&currency=EUR', {
        headers: { authorization, 'user-agent': userAgent },
      });
      const { body } = await answerOf(module.loader!, request, {});
      return z.object({ balance: z.number() }).parse(JSON.parse(body)).balance;
    });
    const [mine = NaN, theirs = NaN] = await Promise.all(balances);
    expect(mine).toBeLessThan(100);
    expect(theirs).toBeGreaterThan(1_000);
  });
});

describe('whose request it is', () => {
  const ask = (headers: Record<string, string>, query = '') =>
    load('app.carts._index.tsx').then((module) =>
      answerOf(
        routeSchema.parse(module).loader!,
        new Request(`https://perennial.test/app/carts${query}`, { headers }),
        {},
      ),
    );

  it('the token says, not the address', async () => {
    const { status, body } = await ask(headersOf(own), `?shop=${other.domain}&host=x`);
    expect({ status, theirs: body.includes(other.mark) }).toEqual({ status: 200, theirs: false });
  });

  it.each([
    ['signed with another secret', { secret: 'not-the-secret' }],
    ['made for another app', { aud: 'another-app' }],
    ['out of date', { exp: Math.floor(Date.now() / 1_000) - 60 }],
    ['not signed', { alg: 'none' }],
  ])('a token that is %s is refused', async (_what, claims) => {
    const { status } = await ask({
      ...headersOf(own),
      authorization: `Bearer ${sessionToken(other.domain, claims)}`,
    });
    expect(status).toBe(401);
  });

  it('without a token nobody gets in', async () => {
    const { status, body } = await ask({ 'user-agent': userAgent }, `?shop=${other.domain}`);
    expect(status).not.toBe(200);
    expect(body).not.toContain(other.mark);
  });
});

describe('SQL inside withShop', () => {
  it('sees, changes and removes nothing of another shop, in any table', async () => {
    for (const { table } of await tenantTables()) {
      const theirs = await pool().query(`SELECT 1 FROM ${table} WHERE shop_id = $1`, [other.shopId]);
      expect(theirs.rowCount, `${table} has nothing that could be seen`).toBeGreaterThan(0);
      const touched = await withShop(own.shopId, async (tx) => [
        (await tx.$queryRawUnsafe<unknown[]>(`SELECT 1 FROM ${table} WHERE shop_id <> ${own.shopId}`)).length,
        await tx.$executeRawUnsafe(`UPDATE ${table} SET shop_id = shop_id WHERE shop_id = ${other.shopId}`),
        await tx.$executeRawUnsafe(`DELETE FROM ${table} WHERE shop_id = ${other.shopId}`),
      ]);
      expect(touched, table).toEqual([0, 0, 0]);
      await expect(adopt(table), `${table} took a row for another shop`).rejects.toThrow(
        /row-level security|append-only/,
      );
    }
  });

  it('sees one shop and the deliveries of one shop', async () => {
    const seen = await withShop(own.shopId, async (tx) => ({
      shops: await tx.$queryRaw`SELECT domain FROM shops`,
      deliveries: await tx.$queryRaw`SELECT DISTINCT shop_domain FROM inbox_events`,
    }));
    expect(seen).toEqual({ shops: [{ domain: own.domain }], deliveries: [{ shop_domain: own.domain }] });
  });

  it.each(['sessions', 'platform_state', '_prisma_migrations', 'bullmq.job'])(
    'may not read %s at all',
    async (table) => {
      await expect(
        withShop(own.shopId, (tx) => tx.$queryRawUnsafe(`SELECT 1 FROM ${table}`)),
      ).rejects.toThrow(/permission denied/);
    },
  );

  it('stays apart when two shops share few connections', async () => {
    const seesOnlyItself = (tenant: { shopId: number }) =>
      withShop(tenant.shopId, async (tx) => {
        const rows = await tx.$queryRaw<{ shop_id: number }[]>`SELECT DISTINCT shop_id FROM orders`;
        return rows.length === 1 && rows[0]?.shop_id === tenant.shopId;
      });
    // Several times as many at once as there are connections, but not so many that the last ones give up waiting.
    const pairs = Array.from({ length: 50 }, () => [own, other]).flat();
    for (let wave = 0; wave < 10; wave += 1)
      expect(await Promise.all(pairs.map(seesOnlyItself))).toEqual(pairs.map(() => true));
  });

  it('that is forgotten outside sees nothing', async () => {
    const client = await pool().connect();
    try {
      await client.query('BEGIN; SET LOCAL ROLE perennial_tenant');
      expect((await client.query('SELECT 1 FROM orders')).rowCount).toBe(0);
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  });
});

function fine(path: string): Try {
  return { path, expect: 'fine' };
}

function notFound(path: string): Try {
  return { path, expect: 'notFound' };
}

/** The same with an id of ours, which works, and with one of theirs, which does not exist for us. */
function both(path: string, idsOf: (tenant: Tenant) => Record<string, string>): Try[] {
  return [
    { path, params: idsOf(own), expect: 'fine' },
    { path, params: idsOf(other), expect: 'notFound' },
  ];
}

async function expectApart(method: string, attempt: Try, run: RouteFunction | undefined): Promise<void> {
  if (!run) throw new Error('the route has no such function');
  const { params = {}, form, json } = attempt;
  const path = Object.entries(params).reduce(
    (text, [name, value]) => text.replace(`:${name}`, value),
    attempt.path,
  );
  const headers = headersOf(own);
  const body = form ? new URLSearchParams(form) : json === undefined ? undefined : JSON.stringify(json);
  const request = new Request(`https://perennial.test${path}`, { method, headers, body });
  const { status, body: answer } = await answerOf(run, request, params);
  expect(`${method} ${path}: ${status}`).toBe(
    `${method} ${path}: ${attempt.expect === 'notFound' ? 404 : 200}`,
  );
  expect(answer).not.toContain(other.mark);
}

/** What a route answers, whichever way it does: a value, a response, either of them thrown. */
async function answerOf(
  run: RouteFunction,
  request: Request,
  params: Record<string, string>,
): Promise<{ status: number; body: string }> {
  const outcome = await run({ request, params, context: {} }).catch((thrown: unknown) => {
    if (thrown instanceof Response) return thrown;
    throw thrown;
  });
  if (outcome instanceof Response) return { status: outcome.status, body: await outcome.text() };
  const wrapped = dataSchema.safeParse(outcome);
  const value = wrapped.success ? wrapped.data.data : outcome;
  return { status: wrapped.data?.init?.status ?? 200, body: JSON.stringify(await settled(value)) };
}

/** Loaders may send parts later. */
async function settled(value: unknown): Promise<unknown> {
  if (typeof value !== 'object' || value === null) return value;
  const entries = await Promise.all(
    Object.entries(value).map(async ([name, part]) => [name, await part] as const),
  );
  return Object.fromEntries(entries);
}

function headersOf({ domain }: Tenant): Record<string, string> {
  return { authorization: `Bearer ${sessionToken(domain)}`, 'user-agent': userAgent };
}

/** As App Bridge and the checkout send them. */
function sessionToken(
  domain: string,
  changes: { secret?: string; alg?: string; aud?: string; exp?: number; sub?: string } = {},
): string {
  const { secret = 'test-api-secret', alg = 'HS256', ...claims } = changes;
  const seconds = Math.floor(Date.now() / 1_000);
  const base64 = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const body = {
    iss: `https://${domain}/admin`,
    dest: `https://${domain}`,
    aud: 'test-api-key',
    sub: '42',
    exp: seconds + 60,
    nbf: seconds - 5,
    iat: seconds - 5,
    jti: 'x',
    sid: 'y',
    ...claims,
  };
  const signed = `${base64({ alg, typ: 'JWT' })}.${base64(body)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

/** Everything a shop has, in one text per table. */
async function fingerprint(shopId: number): Promise<Record<string, string>> {
  const prints: Record<string, string> = {};
  for (const { table } of await tenantTables()) {
    const { rows } = await pool().query<{ print: string }>(
      `SELECT count(*) || ' ' || md5(coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '')) AS print FROM ${table} t WHERE shop_id = $1`,
      [shopId],
    );
    prints[table] = rows[0]!.print;
  }
  return prints;
}

/** Tries to give a row of ours to the other shop. */
async function adopt(table: string): Promise<unknown> {
  return withShop(own.shopId, (tx) =>
    tx.$executeRawUnsafe(`UPDATE ${table} SET shop_id = ${other.shopId} WHERE shop_id = ${own.shopId}`),
  );
}

async function load(file: string): Promise<unknown> {
  const module = modules[`../../app/routes/${file}`];
  if (!module) throw new Error(`${file} is not a route`);
  return module();
}
