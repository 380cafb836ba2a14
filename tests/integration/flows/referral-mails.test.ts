import { beforeEach, describe, expect, it } from 'vitest';
import { suppress } from '~/modules/consent/index.server';
import { advanceFlows } from '~/modules/flows/index.server';
import type { FlowKey } from '~/modules/flows/types';
import type { OrderFact } from '~/modules/orders/types';
import { updateProgramme } from '~/modules/referrals/index.server';
import { defaultProgramme } from '~/modules/referrals/types';
import { clock } from '~/platform/clock.server';
import { prisma, withShop } from '~/platform/db/index.server';
import { deliverMessages } from '~/processes/deliver-messages.server';
import { ordersChanged } from '~/processes/orders-changed.server';
import { referralClaimed } from '~/processes/referral-claimed.server';
import { referralsDue } from '~/processes/referrals-due.server';
import { referralsDecided } from '~/processes/referrals-decided.server';
import { guest, orderFact, person } from '../../factories/facts';
import { runs, setConsent } from '../../factories/flow';
import { aShopWithFlow } from '../../factories/loyalty-mails';
import { useMailSink } from '../../factories/mail-sink';
import { advocateCustomer, after, aReferralShop, claimedAt } from '../../factories/referrals';
import { FakeCodes } from '../../factories/rewards';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();
const sink = useMailSink();
beforeEach(() => clock.moveTo(0));

const friend = 'frida@friend.example';
const advocate = person({
  shopifyCustomerId: advocateCustomer,
  email: 'maria.advocate@shop.example',
  seenAt: after(0),
});

/** A shop with the programme, this flow on, and an advocate who agreed to mail. */
async function world(flow: FlowKey) {
  const shop = await aReferralShop({}, await aShopWithFlow(flow));
  const { shopId, advocateId } = shop;
  await setConsent(shopId, advocateId, 'subscribed', new Date('2026-01-06T00:00:00Z'));
  const codes = new FakeCodes();
  const claim = (now = claimedAt) =>
    referralClaimed({ ...shop, email: friend, consentWording: null, ip: null, userAgent: null, now, codes });
  const order = (facts: Partial<OrderFact>, now: Date, historic = false) =>
    withShop(shopId, (tx) => {
      const fact = orderFact(1n, { person: advocate, processedAt: now, updatedAt: now, ...facts });
      return ordersChanged(tx, { shopId, facts: [fact], now, historic });
    });
  const decide = async (decision: 'approved' | 'rejected', now: Date) => {
    const { id } = await prisma().referral.findFirstOrThrow({ where: { shopId } });
    const input = { shopId, referralIds: [id], decision, reason: 'Checked', staff: 'staff:1', now };
    await withShop(shopId, (tx) => referralsDecided(tx, input));
  };
  const mailAt = async (now: Date) => {
    clock.moveTo(now.getTime() - Date.now());
    await advanceFlows(shopId);
    await deliverMessages(shopId);
    return sink.mails;
  };
  return { ...shop, codes, claim, order, decide, mailAt };
}

describe('the invitation to recommend the shop', () => {
  it('comes a week after a paid order, with the customer’s own link, however often it is told', async () => {
    const { shopId, code, order, mailAt } = await world('referral_invitation');
    await Promise.all(Array.from({ length: 8 }, () => order({}, after(1))));
    expect(await mailAt(after(7.9))).toHaveLength(0);
    const [mail] = await mailAt(after(8.1));
    expect(mail?.mail.text).toContain(`/apps/perennial/r/${code}`);
    expect(await runs(shopId)).toHaveLength(1);
    await prisma().referralCode.deleteMany({ where: { shopId } }); // somebody who has no link yet gets one
    await order({ id: 2n }, after(95));
    await mailAt(after(103));
    const made = await prisma().referralCode.findFirstOrThrow({ where: { shopId } });
    expect(sink.mails[1]?.mail.text).toContain(made.code);
  });

  it('comes once in 90 days, also when two orders are paid at once', async () => {
    const { shopId, order } = await world('referral_invitation');
    await Promise.all([2n, 3n, 4n, 5n].map((id) => order({ id }, after(1))));
    await order({ id: 6n }, after(90));
    expect(await runs(shopId)).toHaveLength(1);
    await order({ id: 7n }, after(91.1));
    expect(await runs(shopId)).toHaveLength(2);
  });

  it('is for news of customers who agreed: not for imports, old orders that are edited, or while the programme is off', async () => {
    const { shopId, order, mailAt, advocateId } = await world('referral_invitation');
    await order({}, after(1), true);
    await order({ id: 2n, processedAt: after(1), updatedAt: after(9) }, after(9));
    await order({ id: 3n, financialStatus: 'pending' }, after(9));
    expect(await runs(shopId)).toEqual([]);
    await order({ id: 4n }, after(9));
    await setConsent(shopId, advocateId, 'unsubscribed', after(10));
    await mailAt(after(17));
    expect((await runs(shopId)).map(({ exitReason }) => exitReason)).toEqual(['unsubscribed']);
    const other = await world('referral_invitation');
    await other.order({}, after(1));
    const off = { shopId: other.shopId, terms: { ...defaultProgramme, enabled: false }, now: after(2) };
    await withShop(other.shopId, (tx) => updateProgramme(tx, off));
    await other.mailAt(after(9));
    await other.order({ id: 8n }, after(200));
    expect((await runs(other.shopId)).map(({ exitReason }) => exitReason)).toEqual(['programme_off']);
    expect(sink.mails).toEqual([]);
  });
});

describe('the friend’s welcome', () => {
  it('brings the code at once and once, without consent, because they asked for it', async () => {
    const { claim, mailAt, shopId } = await world('referral_welcome');
    const [first] = await Promise.all([claim(), claim(), claim()]);
    const [mail] = await mailAt(after(0.001));
    expect(mail).toMatchObject({ to: friend });
    expect(mail?.mail.text).toContain(first.offerCode);
    expect(mail?.mail.text).not.toContain('/unsubscribe/');
    await claim(after(1));
    expect(await mailAt(after(1))).toHaveLength(1);
    expect(await runs(shopId)).toHaveLength(1);
  });

  it('brings a code out of the pool as well, once', async () => {
    const { shopId, codes, claim, mailAt } = await world('referral_welcome');
    clock.moveTo(claimedAt.getTime() - Date.now());
    await referralsDue(shopId, codes);
    await Promise.all([claim(), claim(), claim()]);
    const { offerCode, poolId } = await prisma().referral.findFirstOrThrow({ where: { shopId } });
    expect(poolId).not.toBeNull();
    const mails = await mailAt(after(0.1));
    expect(mails.map(({ mail }) => String(mail.text).includes(offerCode))).toEqual([true]);
    expect(await runs(shopId)).toHaveLength(1);
  });

  it('waits for a code that Shopify has still to make', async () => {
    const { claim, mailAt, codes, shopId } = await world('referral_welcome');
    codes.faults = ['silent'];
    await claim();
    expect(await mailAt(after(0.001))).toEqual([]);
    expect(await runs(shopId)).toEqual([]);
  });

  it('does not go to a suppressed address, nor with a code that was rejected or used', async () => {
    const one = await world('referral_welcome');
    await one.claim();
    const dead = { shopId: one.shopId, emails: [friend], reason: 'hard_bounce' as const, now: claimedAt };
    await withShop(one.shopId, (tx) => suppress(tx, dead));
    await one.mailAt(after(0.001));
    const two = await world('referral_welcome');
    await two.claim();
    await two.decide('rejected', after(0.001));
    await two.mailAt(after(0.001));
    const three = await world('referral_welcome');
    await three.claim();
    await three.order({ person: guest(friend) }, after(0.001));
    await three.mailAt(after(0.002));
    expect(sink.mails).toEqual([]);
    expect((await runs(two.shopId)).map(({ exitReason }) => exitReason)).toEqual(['offer_gone']);
    expect((await runs(three.shopId)).map(({ exitReason }) => exitReason)).toEqual(['offer_gone']);
  });
});

describe('the mail about a reward', () => {
  it('comes once when it was paid, and not after it was taken back', async () => {
    const { claim, order, decide, mailAt, shopId } = await world('referral_reward');
    await claim();
    await order({ person: guest(friend) }, after(1));
    await decide('approved', after(2));
    expect(await mailAt(after(3))).toEqual([]); // the hold
    await Promise.all(Array.from({ length: 6 }, () => decide('approved', after(40))));
    const [mail] = await mailAt(after(40));
    expect(mail?.mail.text).toContain('500 points');
    await decide('rejected', after(41));
    await decide('approved', after(42));
    await decide('rejected', after(42));
    expect(await mailAt(after(42))).toHaveLength(1);
    expect((await runs(shopId)).map(({ exitReason }) => exitReason)).toEqual([
      'completed',
      'referral_undone',
    ]);
  });
});
