import { z } from 'zod';
import { eventually, userAgent } from './clients';
import { check } from './check';
import { placeOrder } from './place-order';
import type { Step } from './steps';
import type { World } from './world';

const day = 24 * 3_600_000;
const advocate = 'ines@example.com';
const friend = 'frida@friends.example';

const state = { code: '', offer: '', advocateId: '' };

/** A friend is brought, held, approved, and both are rewarded; somebody who brings themselves is not. */
export const referralSteps: Step[] = [
  {
    title: 'The merchant starts a referral programme, and the shopper gets a link',
    async play(world) {
      await world.adminJson('/app/referrals/settings', {
        enabled: true,
        offerKind: 'amount_off',
        offerValue: '10',
        minimumOrder: '30',
        offerDays: '60',
        rewardPoints: '500',
        holdDays: '30',
        firstOrderOnly: true,
        approveClean: false,
        clawBack: false,
      });
      await world.adminAction('/app/flows/referral_welcome', { intent: 'switch', enabled: 'true' });
      const profile = await world.row(
        z.object({ id: z.string() }),
        `SELECT id FROM profiles WHERE email = $1`,
        [advocate],
      );
      check(profile, 'the shopper has no profile');
      state.advocateId = profile.id;
      await world.adminAction(`/app/customers/${profile.id}`, { intent: 'referralLink' });
      const link = await world.row(
        z.object({ code: z.string() }),
        `SELECT code FROM referral_codes WHERE profile_id = $1`,
        [profile.id],
      );
      check(link, 'there is no link');
      state.code = link.code;
      return [
        `10.00 off for friends, 500 points for the advocate, held for 30 days; link /apps/perennial/r/${link.code}`,
      ];
    },
  },
  {
    title: 'A friend claims the offer on the shop’s own page and orders with the code',
    async play(world) {
      const page = await claim(world, friend);
      const offer = /<strong class="code">([^<]+)</.exec(page)?.[1];
      check(offer, 'the page shows no code');
      state.offer = offer;
      const mail = await world.mail(friend, new RegExp(offer));
      check(mail.text.includes(offer), 'the mail has no code');
      const order = await placeOrder(world, { email: friend, discountCode: offer });
      check(order.total_discounts === '10.00', `the code took ${order.total_discounts} off`);
      const row = await eventually('the referral to be held', async () => {
        const now = await referralOf(world, friend);
        return now?.state === 'held' ? now : undefined;
      });
      return [
        `code ${offer}, shown and mailed; order ${order.name} of ${order.total_price}, ${order.total_discounts} off: ${row.state}, ${row.points} points so far`,
      ];
    },
  },
  {
    title: 'Somebody recommends themselves with another spelling of the same mailbox, and is blocked',
    async play(world) {
      const page = await claim(world, advocate.replace('@', '+friend@'));
      check(!page.includes('class="code"'), 'the page shows a code');
      const row = await referralOf(world, advocate.replace('@', '+friend@'));
      check(row?.state === 'blocked', `the claim is ${row?.state}`);
      const shown = await world.adminPage(`/app/referrals/${row.id}`);
      check(shown.includes('Both addresses lead to the same mailbox'), 'the merchant sees no evidence');
      return [`blocked by ${row.kinds}, which the merchant sees; no code was made`];
    },
  },
  {
    title: 'The hold passes and nothing is paid; the merchant approves, and the advocate has the points',
    async play(world) {
      await world.moveClock(31 * day);
      const waiting = await eventually('the hold to be over', async () => {
        const now = await referralOf(world, friend);
        return now?.state === 'review' ? now : undefined;
      });
      check(waiting.points === 0, `${waiting.points} points were given without an approval`);
      await world.adminJson('/app/referrals?index', { ids: [waiting.id], decision: 'approved', reason: '' });
      const done = await referralOf(world, friend);
      check(
        done?.state === 'rewarded' && done.points === 500,
        `it is ${done?.state} with ${done?.points} points`,
      );
      const page = await world.adminPage(`/app/referrals/${waiting.id}`);
      check(page.includes('Rewarded'), 'the page does not say so');
      return [
        `after 31 days: ${waiting.state}, nothing paid; approved: ${done.points} points for the advocate`,
      ];
    },
  },
];

/** What a browser sends that has no script. */
async function claim(world: World, email: string): Promise<string> {
  const { storeUrl, shop } = world.stack;
  const response = await fetch(`${storeUrl}/shop/${shop}/apps/perennial/r/${state.code}`, {
    method: 'POST',
    headers: { 'user-agent': userAgent, 'accept-language': 'en' },
    body: new URLSearchParams({ email }),
  });
  check(response.status === 200, `the referral page answered ${response.status}`);
  return response.text();
}

const referralSchema = z.object({ id: z.string(), state: z.string(), points: z.number(), kinds: z.string() });

function referralOf(world: World, email: string) {
  return world.row(
    referralSchema,
    `SELECT r.id, r.state, r.reward_points AS points,
            (SELECT coalesce(string_agg(e->>'kind', ', '), 'nothing') FROM jsonb_array_elements(r.evidence) e) AS kinds
     FROM referrals r JOIN profiles p ON p.shop_id = r.shop_id AND p.id = r.friend_id WHERE p.email = $1`,
    [email],
  );
}
