import { z } from 'zod';
import { check } from './check';
import { eventually, userAgent } from './clients';
import { placeOrder } from './place-order';
import type { Step } from './steps';
import type { World } from './world';

const day = 24 * 3_600_000;
const partner = { name: 'Rosa Moss', email: 'rosa@partner.example', payoutTo: 'DE02 1203 0000 0000 2020 51' };
const shopper = 'noah@example.com';
const text = z.object({ value: z.string() });

const state = { programme: '', affiliateId: '', linkCode: '' };

/** Somebody applies as an affiliate, brings an order by their link, and is paid the commission once its hold is over. */
export const affiliateSteps: Step[] = [
  {
    title: 'Somebody applies as an affiliate on the shop’s page, and the merchant approves',
    async play(world) {
      await world.adminJson('/app/affiliates?index', { intent: 'start' });
      state.programme = await value(world, 'SELECT token AS value FROM affiliate_programmes');
      await postForm(world, `/partners/${state.programme}`, { intent: 'apply', ...partner });
      state.affiliateId = await value(
        world,
        `SELECT id::text AS value FROM affiliates WHERE state = 'applied'`,
      );
      const group = await value(world, 'SELECT id::text AS value FROM affiliate_groups');
      await world.adminJson(`/app/affiliates/${state.affiliateId}`, {
        intent: 'approve',
        groupId: Number(group),
      });
      state.linkCode = await value(
        world,
        `SELECT link_code AS value FROM affiliates WHERE state = 'approved'`,
      );
      return [`${partner.name} earns 10 % of what comes by /a/${state.linkCode}, 30 days after each order`];
    },
  },
  {
    title: 'A shopper follows the affiliate’s link and orders: the commission is on hold',
    async play(world) {
      const followed = await fetch(`${world.stack.appUrl}/a/${state.linkCode}?to=/products/fern`, {
        headers: { 'user-agent': userAgent },
        redirect: 'manual',
      });
      const target = new URL(followed.headers.get('location') ?? '');
      check(target.searchParams.has('pnl_click'), `the link led to ${target.toString()}`);
      const landingSite = `${target.pathname}${target.search}`;
      const order = await placeOrder(world, { email: shopper, quantities: [2], landingSite });
      const row = await eventually('the order to be theirs', () => broughtOrder(world));
      check(row.via === 'link' && row.commission > 0, `it came by ${row.via} with ${row.commission}`);
      const { pending, payable } = await balances(world);
      check(pending === row.commission && payable === 0, `${pending} on hold, ${payable} payable`);
      return [
        `order ${order.name}: ${row.net.toFixed(2)} of goods, ${pending.toFixed(2)} on hold, nothing payable`,
      ];
    },
  },
  {
    title: 'The hold passes, and the merchant pays a batch with a reference',
    async play(world) {
      await world.moveClock(31 * day);
      const due = await eventually('the commission to be payable', async () => {
        const now = await balances(world);
        return now.payable > 0 ? now : undefined;
      });
      check(due.pending === 0, `${due.pending} is still on hold`);
      const create = { intent: 'create', key: 'story' };
      for (const body of [create, create]) await world.adminJson('/app/affiliates/payouts', body);
      const batches = await world.rows(text, 'SELECT id::text AS value FROM affiliate_payout_batches');
      check(batches.length === 1, `pressing twice made ${batches.length} payouts`);
      const paid = { intent: 'paid', id: batches[0]?.value, reference: 'SEPA 2026-0815' };
      await world.adminJson('/app/affiliates/payouts', paid);
      const after = await balances(world);
      check(after.paid === due.payable && after.payable === 0, `${after.paid} paid, ${after.payable} left`);
      return [`31 days later ${due.payable.toFixed(2)} was payable; paid ${after.paid.toFixed(2)}, once`];
    },
  },
  {
    title: 'The affiliate opens the portal by a mailed link that works once, and sees the payout',
    async play(world) {
      await postForm(world, `/partners/${state.programme}`, { intent: 'signIn', email: partner.email });
      const mail = await world.mail(partner.email, /portal/i);
      const link = /href="[^"]+(\/portal\/enter\/[^"]+)"/.exec(mail.html)?.[1] ?? '';
      const entered = await postForm(world, link, {}, 302);
      const again = await postForm(world, link, {}, 410);
      const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
      const portal = await fetch(`${world.stack.appUrl}/portal`, { headers: { cookie } });
      const page = await portal.text();
      check(page.includes('SEPA 2026-0815'), 'the portal does not show the payout');
      check(!page.includes(shopper), 'the portal tells who bought');
      const kept = await value(
        world,
        `SELECT count(*)::text AS value FROM messages WHERE vars::text LIKE '%/portal/enter/%' OR context ? 'signIn'`,
      );
      check(kept === '0', 'the link is still in the database');
      return [`it shows the payout and its reference; the link again: ${again.status}, and kept nowhere`];
    },
  },
];

async function value(world: World, sql: string): Promise<string> {
  return (await eventually(`an answer to ${sql}`, () => world.row(text, sql))).value;
}

/** A form as a browser without script sends it. */
async function postForm(
  world: World,
  path: string,
  fields: Record<string, string>,
  expected = 200,
): Promise<Response> {
  const response = await fetch(`${world.stack.appUrl}${path}`, {
    method: 'POST',
    headers: { 'user-agent': userAgent, 'accept-language': 'en' },
    body: new URLSearchParams(fields),
    redirect: 'manual',
  });
  check(response.status === expected, `${path} answered ${response.status}`);
  return response;
}

const broughtSchema = z.object({
  via: z.string(),
  net: z.coerce.number(),
  commission: z.coerce.number(),
});

function broughtOrder(world: World) {
  return world.row(broughtSchema, `SELECT via, net, commission FROM affiliate_orders`);
}

const balanceSchema = z.object({
  pending: z.coerce.number(),
  payable: z.coerce.number(),
  paid: z.coerce.number(),
});

/** What lies on hold, can be paid, and was paid, by the sums of the ledger's postings. */
async function balances(world: World): Promise<z.infer<typeof balanceSchema>> {
  const of = (kind: string): string =>
    `coalesce(sum(p.amount) FILTER (WHERE a.kind = '${kind}'), 0) AS ${kind}`;
  const row = await world.row(
    balanceSchema,
    `SELECT ${['pending', 'payable', 'paid'].map(of).join(', ')}
     FROM affiliate_postings p JOIN affiliate_accounts a ON a.shop_id = p.shop_id AND a.id = p.account_id`,
  );
  return row ?? { pending: 0, payable: 0, paid: 0 };
}
