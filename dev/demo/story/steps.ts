import { z } from 'zod';
import { affiliateSteps } from './affiliate-steps';
import { check } from './check';
import { anything, askJson, eventually, userAgent } from './clients';
import { domainDump } from './domain-dump';
import { loyaltySteps } from './loyalty-steps';
import { escaped, headerOf, linksOf } from './mail-parts';
import { payCheckout, startCheckout } from './place-order';
import { reachSteps } from './reach-steps';
import { referralSteps } from './referral-steps';
import type { Mail, World } from './world';

export interface Step {
  title: string;
  /** Acts, waits, checks (throws when it does not hold) and tells what it read back. */
  play: (world: World) => Promise<string[]>;
}

const hour = 3_600_000;
const day = 24 * hour;
const shopper = { email: 'ines@example.com', firstName: 'Ines', lastName: 'Moss' };

const state: {
  customerId: string;
  checkoutToken: string;
  orderId: string;
  points: number;
  reminder?: Mail;
  thankYou?: Mail;
} = {
  customerId: '',
  checkoutToken: '',
  orderId: '',
  points: 0,
};

export const steps: Step[] = [
  {
    title: 'The app is installed from the admin page',
    async play(world) {
      await world.store(anything, '/install', {});
      const { token } = await world.machine(
        z.object({ token: z.string() }),
        `/admin-token?shop=${world.stack.shop}`,
      );
      const host = Buffer.from(
        `admin.shopify.com/store/${world.stack.shop.replace('.myshopify.com', '')}`,
      ).toString('base64');
      const query = new URLSearchParams({
        shop: world.stack.shop,
        host,
        embedded: '1',
        id_token: token,
        locale: 'en',
      });
      const page = await fetch(`${world.stack.appUrl}/app?${query}`, {
        headers: { 'user-agent': userAgent },
      });
      check(page.status === 200, `the app's first page answered ${page.status}`);
      const shop = await eventually('the shop to be active and imported', () =>
        world.row(
          z.object({
            name: z.string(),
            currency: z.string(),
            products: z.coerce.number(),
            profiles: z.coerce.number(),
          }),
          `SELECT s.name, s.currency, (SELECT count(*) FROM products p WHERE p.shop_id = s.id) AS products,
                  (SELECT count(*) FROM profiles p WHERE p.shop_id = s.id) AS profiles
           FROM shops s WHERE s.domain = $1 AND s.status = 'active'
             AND (SELECT count(*) FILTER (WHERE b.status = 'done') = 3 FROM backfill_runs b WHERE b.shop_id = s.id)`,
          [world.stack.shop],
        ),
      );
      return [
        `shop "${shop.name}" (${shop.currency}) is active; imported ${shop.products} products and ${shop.profiles} profiles`,
      ];
    },
  },
  {
    title: 'The merchant switches on the three flows',
    async play(world) {
      const keys = ['abandoned_checkout', 'first_order_thank_you', 'win_back'];
      for (const key of keys)
        await world.adminAction(`/app/flows/${key}`, { intent: 'switch', enabled: 'true' });
      const on = await world.rows(
        z.object({ key: z.string() }),
        'SELECT key FROM flows WHERE enabled ORDER BY key',
      );
      check(on.length === keys.length, `only ${on.map((flow) => flow.key).join(', ')} are on`);
      return [`on: ${on.map((flow) => flow.key).join(', ')}`];
    },
  },
  {
    title: 'A subscribed shopper fills a cart and leaves the checkout',
    async play(world) {
      const customer = await world.store(z.object({ admin_graphql_api_id: z.string() }), '/customers', {
        ...shopper,
        locale: 'en',
        consent: 'subscribed',
      });
      state.customerId = customer.admin_graphql_api_id;
      const checkout = await startCheckout(world, {
        email: shopper.email,
        customerId: state.customerId,
        quantities: [2, 1], // earns an even number of points: half of it is exact
      });
      state.checkoutToken = checkout.token;
      await world.settled();
      const cart = await eventually('the cart to be known', () => cartRow(world));
      check(cart.state === 'open', `the cart is ${cart.state}`);
      return [`cart of ${cart.total} is ${cart.state}, for profile ${cart.profile_id}`];
    },
  },
  {
    title: 'An hour passes, and the inbox holds a reminder with the items',
    async play(world) {
      await world.moveClock(hour + 60_000);
      state.reminder = await world.mail(shopper.email, /./);
      const cart = await cartRow(world);
      check(cart?.state === 'abandoned', `the cart is ${cart?.state}`);
      const items = z.array(z.object({ title: z.string() })).parse(cart.lines);
      for (const item of items)
        check(state.reminder.html.includes(escaped(item.title)), `"${item.title}" is not in the mail`);
      check(headerOf(state.reminder, 'list-unsubscribe'), 'the mail has no List-Unsubscribe header');
      return [`mail "${state.reminder.subject}" with ${items.map((item) => item.title).join(' and ')}`];
    },
  },
  {
    title: 'The shopper follows its link and pays: cart recovered, points earned, a thank-you comes',
    async play(world) {
      const link = linksOf(state.reminder).find((href) => href.includes('u=cart'));
      check(link, 'the reminder has no recovery link');
      const followed = await fetch(link, { headers: { 'user-agent': userAgent } });
      check(followed.url.includes(state.checkoutToken), `the link led to ${followed.url}`);
      const order = await payCheckout(world, state.checkoutToken);
      state.orderId = order.admin_graphql_api_id.replace(/^.*\//, '');
      const cart = await eventually('the cart to be recovered', async () => {
        const row = await cartRow(world);
        return row?.state === 'recovered' ? row : undefined;
      });
      state.thankYou = await world.mail(shopper.email, /thank/i);
      state.points = (await pointsAtCheckout(world)).balance;
      check(state.points > 0, 'no points were earned');
      return [
        `order ${order.name}: cart is ${cart.state} with ${cart.recovered_amount}`,
        `${state.points} points on the profile`,
        `mail "${state.thankYou.subject}"`,
      ];
    },
  },
  {
    title: 'Three days later no further reminder was sent',
    async play(world) {
      await world.moveClock(3 * day);
      const run = await eventually('the reminder run to be over', () =>
        world.row(
          z.object({ exit_reason: z.string(), sent: z.coerce.number() }),
          `SELECT r.exit_reason, (SELECT count(*) FROM messages m WHERE m.shop_id = r.shop_id AND m.flow_run_id = r.id) AS sent
           FROM flow_runs r WHERE r.flow_key = 'abandoned_checkout' AND r.state = 'exited' AND r.context->>'cartToken' = $1`,
          [state.checkoutToken],
        ),
      );
      check(run.sent === 1, `${run.sent} reminders were made`);
      return [`the run ended with "${run.exit_reason}" after ${run.sent} reminder`];
    },
  },
  {
    title: 'At the next checkout the extension shows the balance',
    async play(world) {
      const answer = await pointsAtCheckout(world);
      check(
        answer.status === 'member' && answer.balance === state.points,
        `it shows ${JSON.stringify(answer)}`,
      );
      return [`${answer.status} with ${answer.balance} points; an order of 80.00 earns ${answer.earns}`];
    },
  },
  {
    title: 'Half the order is refunded, and the points fall by exactly half',
    async play(world) {
      await world.store(anything, `/orders/${state.orderId}/refund`, { share: 0.5 });
      await world.settled();
      const answer = await eventually('the points to fall', async () => {
        const now = await pointsAtCheckout(world);
        return now.balance < state.points ? now : undefined;
      });
      check(answer.balance * 2 === state.points, `${answer.balance} points are left of ${state.points}`);
      return [`${state.points} became ${answer.balance}`];
    },
  },
  {
    title: 'The shopper clicks unsubscribe, and Shopify is told',
    async play(world) {
      const header = headerOf(state.thankYou, 'list-unsubscribe');
      const url = /<(https?:[^>]+)>/.exec(header ?? '')?.[1];
      check(url, `no address in the header ${header}`);
      const response = await fetch(url, {
        method: 'POST',
        body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
        redirect: 'manual',
      });
      check(response.status === 200, `one-click unsubscribe answered ${response.status}`);
      const consent = await eventually('Shopify to know', async () => {
        const all = await world.store(
          z.array(z.object({ email: z.string().nullable(), state: z.string() })),
          '/consent',
        );
        const hers = all.find((entry) => entry.email === shopper.email);
        return hers?.state.toLowerCase() === 'unsubscribed' ? hers : undefined;
      });
      return [`Shopify's consent of the customer: ${consent.state.toLowerCase()}`];
    },
  },
  {
    title: 'Sixty days later the win-back is due, and withheld with its reason',
    async play(world) {
      await world.settled();
      const before = (await world.mailsTo(shopper.email)).length;
      await world.moveClock(60 * day);
      const decision = await eventually('the arbiter to decide on the win-back', () =>
        world.row(
          z.object({ outcome: z.string(), reason: z.string() }),
          `SELECT d.outcome, d.reason FROM send_decisions d JOIN profiles p ON p.shop_id = d.shop_id AND p.id = d.profile_id
           WHERE d.flow_key = 'win_back' AND p.email = $1`,
          [shopper.email],
        ),
      );
      check(
        decision.outcome === 'withhold' && decision.reason === 'not_subscribed',
        `it was decided: ${decision.outcome}, ${decision.reason}`,
      );
      const after = (await world.mailsTo(shopper.email)).length;
      check(after === before, `${after - before} mails were sent`);
      return [`${decision.outcome}: ${decision.reason}; still ${after} mails in the inbox`];
    },
  },
  ...referralSteps,
  ...affiliateSteps,
  ...loyaltySteps,
  ...reachSteps,
  {
    title: 'All deliveries are sent again, in reverse order, and nothing changes',
    async play(world) {
      await world.settled();
      const before = await domainDump(world);
      const { sent } = await world.machine(z.object({ sent: z.number() }), '/deliveries/replay', {
        order: 'reverse',
      });
      await world.settled();
      const after = await domainDump(world);
      for (const [table, rows] of before) check(after.get(table) === rows, `table ${table} changed`);
      return [`${sent} deliveries again; ${before.size} tables are what they were, byte for byte`];
    },
  },
];

const cartSchema = z.object({
  state: z.string(),
  total: z.string(),
  profile_id: z.string().nullable(),
  lines: z.unknown(),
  recovered_amount: z.string().nullable(),
});

function cartRow(world: World): Promise<z.infer<typeof cartSchema> | undefined> {
  return world.row(
    cartSchema,
    'SELECT state, total, profile_id, lines, recovered_amount FROM carts WHERE token = $1',
    [state.checkoutToken],
  );
}

const answerSchema = z.object({
  status: z.string(),
  balance: z.number().default(0),
  earns: z.number().nullable(),
});

/** What the checkout extension asks for, with the token Shopify would give it. */
async function pointsAtCheckout(world: World): Promise<z.infer<typeof answerSchema>> {
  const { token } = await world.machine(
    z.object({ token: z.string() }),
    `/session-token?shop=${world.stack.shop}&customerId=${encodeURIComponent(state.customerId)}`,
  );
  return askJson(answerSchema, `${world.stack.appUrl}/api/shopper/points?total=80.00&currency=EUR`, {
    headers: { authorization: `Bearer ${token}`, origin: 'https://extensions.shopifycdn.com' },
  });
}
