import { z } from 'zod';
import { check } from './check';
import { anything, askJson, eventually } from './clients';
import { placeOrder } from './place-order';
import type { Step } from './steps';
import type { World } from './world';

const day = 24 * 3_600_000;
export const member = { email: 'mila@example.com', firstName: 'Mila', lastName: 'Reed' };
const gid = z.object({ admin_graphql_api_id: z.string() });
const money = z.coerce.number();

const state = { customerId: '', orderId: '', code: '', spendable: 0 };

/** Points that wait, a tier, a reward that is a real discount, and its points back with the refund. */
export const loyaltySteps: Step[] = [
  {
    title: 'The merchant lets points wait 14 days, starts a tier and a reward',
    async play(world) {
      await world.adminJson('/app/settings', settings);
      const draft = { enabled: true, basis: 'net_spend', span: 'rolling_year', graceDays: '0', tiers };
      await world.adminJson('/app/loyalty/tiers', { intent: 'save', draft });
      await world.adminJson('/app/loyalty/rewards', {
        intent: 'save',
        id: null,
        key: 'story-reward',
        draft: reward,
      });
      const rule = await world.row(
        z.object({ version: z.number(), pending_days: z.number() }),
        'SELECT version, pending_days FROM earn_rules ORDER BY version DESC LIMIT 1',
      );
      check(rule?.pending_days === 14, 'the rule is not what was saved');
      // Shopify tells when an order was placed in whole seconds: one of this very second would be judged by the former rule.
      await world.moveClock(60_000);
      return [
        `rule version ${rule.version}: points wait ${rule.pending_days} days; Silver from 50.00 spent; "${reward.title}" for ${reward.points} points`,
      ];
    },
  },
  {
    title: 'A member’s points wait, and can be spent two weeks later; the order made her Silver',
    async play(world) {
      const customer = await world.store(gid, '/customers', { ...member, locale: 'en' });
      state.customerId = customer.admin_graphql_api_id;
      const order = await buy(world);
      const waiting = await eventually('points to wait', async () => {
        const now = await herPoints(world);
        return now.pending > 0 ? now : undefined;
      });
      check(waiting.tier?.name === 'Silver', `her tier is ${waiting.tier?.name}`);
      check(waiting.balance === entryPoints, `${waiting.balance} points can be spent at once`);
      await world.moveClock(15 * day);
      const free = await eventually('the points to be spendable', async () => {
        const now = await herPoints(world);
        return now.pending === 0 ? now : undefined;
      });
      check(free.balance === entryPoints + waiting.pending, `${free.balance} points are spendable`);
      state.spendable = free.balance;
      return [
        `order ${order.name}: ${waiting.pending} points wait; ${entryPoints} for reaching Silver are there at once`,
        `15 days later ${free.balance} points can be spent`,
      ];
    },
  },
  {
    title: 'She redeems the reward: a discount of Shopify, for her alone, which her order uses up',
    async play(world) {
      const redeemed = await asMember(world, (headers) =>
        askJson(z.object({ code: z.string() }), `${world.stack.appUrl}/api/shopper/redeem`, {
          headers,
          body: { rewardId: reward.id, key: 'story-redeem' },
        }),
      );
      state.code = redeemed.code;
      const held = (await herPoints(world)).balance;
      check(held === state.spendable - Number(reward.points), `${held} points are left`);
      const order = await buy(world, redeemed.code);
      state.orderId = order.admin_graphql_api_id.replace(/^.*\//, '');
      check(money.parse(order.total_discounts) === 5, `the discount is ${order.total_discounts}`);
      await eventually('the reward to be used', async () => (await redemption(world))?.state === 'used');
      return [`code ${redeemed.code} took 5.00 off order ${order.name}; ${held} points are left`];
    },
  },
  {
    title: 'That order is refunded: the reward’s points come back, what it earned is gone',
    async play(world) {
      const before = await herPoints(world);
      check(before.pending > 0, 'the order earned nothing');
      await world.store(anything, `/orders/${state.orderId}/refund`, { share: 1 });
      await world.settled();
      const after = await eventually('the points to come back', async () => {
        const now = await herPoints(world);
        return now.balance === state.spendable ? now : undefined;
      });
      check(after.pending === 0, `${after.pending} points still wait`);
      const books = await world.row(
        z.object({ postings: money, drift: money }),
        `SELECT (SELECT sum(points) FROM ledger_postings) AS postings, (SELECT count(*) FROM ledger_accounts a WHERE a.kind <> 'issued'
           AND a.balance <> (SELECT coalesce(sum(points), 0) FROM ledger_postings p WHERE p.shop_id = a.shop_id AND p.account_id = a.id)) AS drift`,
      );
      check(books?.postings === 0 && books.drift === 0, 'the books do not add up');
      return [
        `${before.balance} and ${before.pending} waiting became ${after.balance} and ${after.pending}; all postings add up to ${books.postings}`,
      ];
    },
  },
];

const entryPoints = 400;
const tiers = [
  {
    key: 'silver',
    id: null,
    name: 'Silver',
    threshold: '50',
    multiplier: '1.5',
    entryPoints: String(entryPoints),
  },
];
const reward = {
  id: '1',
  title: '5 € off',
  kind: 'amount_off',
  value: '5',
  variantId: '',
  choosesPoints: false,
  points: '300',
  perUnit: '',
  most: '',
  step: '',
  minimumSubtotal: '',
  validityDays: '90',
  perCustomerLimit: '',
  tierIds: [],
  combinesWithOrder: false,
  combinesWithProduct: false,
  combinesWithShipping: true,
};
const settings = {
  enabled: true,
  pointsPerUnit: '1',
  rounding: 'down',
  includeTax: false,
  includeShipping: false,
  includeGiftCards: false,
  pendingDays: '14',
  minimum: '',
  earnOnHistoric: false,
  scope: 'all',
  productIds: [],
  collectionIds: [],
  tags: '',
  allBut: false,
  cartDelayMinutes: '60',
  senderName: 'Fern & Field',
  senderEmail: '',
  replyTo: '',
  postalAddress: 'Mossgasse 4, 10115 Berlin',
  brandColor: '#2f5d43',
  logoUrl: '',
  quiet: false,
  quietHoursStart: '21:00',
  quietHoursEnd: '08:00',
  capMessages: '3',
  capWindowHours: '168',
  holdoutPercent: '0',
};

/** An order of one piece of everything. */
export function buy(world: World, discountCode?: string) {
  return placeOrder(world, { email: member.email, customerId: state.customerId, discountCode });
}

const answerSchema = z.object({
  balance: z.number(),
  pending: z.number(),
  tier: z.object({ name: z.string().nullable() }).nullable(),
});

export function herPoints(world: World): Promise<z.infer<typeof answerSchema>> {
  return asMember(world, (headers) =>
    askJson(answerSchema, `${world.stack.appUrl}/api/shopper/points?total=10.00&currency=EUR`, { headers }),
  );
}

/** As an extension does: with the token Shopify would give it for her. */
async function asMember<T>(world: World, ask: (headers: Record<string, string>) => Promise<T>): Promise<T> {
  const { token } = await world.machine(
    z.object({ token: z.string() }),
    `/session-token?shop=${world.stack.shop}&customerId=${encodeURIComponent(state.customerId)}`,
  );
  return ask({ authorization: `Bearer ${token}`, origin: 'https://extensions.shopifycdn.com' });
}

function redemption(world: World) {
  return world.row(z.object({ state: z.string() }), 'SELECT state FROM redemptions WHERE code = $1', [
    state.code,
  ]);
}
