import { beforeEach, describe, expect, it } from 'vitest';
import { advanceFlows } from '~/modules/flows/index.server';
import {
  createPointBatch,
  ensureEarnRule,
  recomputeTiers,
  startPointBatch,
  updateEarnRule,
  updateReward,
  updateTierProgramme,
} from '~/modules/loyalty/index.server';
import { readAdjustmentFile, type TierDraft } from '~/modules/loyalty/types';
import type { OrderFact } from '~/modules/orders/types';
import { clock } from '~/platform/clock.server';
import { prisma, withShop } from '~/platform/db/index.server';
import { consentChanged } from '~/processes/consent-changed.server';
import { consentDecided } from '~/processes/consent-decided.server';
import { deliverMessages } from '~/processes/deliver-messages.server';
import { ordersChanged } from '~/processes/orders-changed.server';
import { pointBatchesAdvanced } from '~/processes/point-batches-advanced.server';
import { pointsAdjusted } from '~/processes/points-adjusted.server';
import { pointsReleased } from '~/processes/points-released.server';
import { refundsCreated } from '~/processes/refunds-created.server';
import { anEarnAction } from '../../factories/earning';
import { customerFact, orderFact, orderLine, person, refundFact } from '../../factories/facts';
import { runs, setConsent } from '../../factories/flow';
import { aShopWithFlow, bookPoints, noon } from '../../factories/loyalty-mails';
import { useMailSink } from '../../factories/mail-sink';
import { permutations } from '../../factories/permutations';
import { aMember, aReward, rewardTerms } from '../../factories/rewards';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();
const sink = useMailSink();

function at(moment: Date): void {
  clock.moveTo(moment.getTime() - Date.now());
}

const customer = 5_000n;
const tiers: TierDraft = {
  enabled: true,
  basis: 'net_spend',
  span: 'rolling_year',
  graceDays: 0,
  tiers: [
    { id: null, name: 'Silver', threshold: '200', multiplier: '1', entryPoints: 0 },
    { id: null, name: 'Gold', threshold: '500', multiplier: '1.5', entryPoints: 50 },
  ],
};

let shopId = 0;
let orderId = 0n;

/** An order of the customer as Shopify tells it, with one line of so much. */
function bought(goods: string, day: string, overrides: Partial<OrderFact> = {}): OrderFact {
  orderId += 1n;
  return orderFact(orderId, {
    person: person({ shopifyCustomerId: customer, email: customerFact(customer).email, seenAt: noon(day) }),
    lines: [orderLine({ id: orderId, price: goods })],
    total: goods,
    presentmentTotal: goods,
    processedAt: noon(day),
    updatedAt: noon(day),
    ...overrides,
  });
}

const told = (facts: OrderFact[], day: string, options: { historic?: boolean; shop?: number } = {}) => {
  const { historic = false, shop = shopId } = options;
  return withShop(shop, (tx) => ordersChanged(tx, { shopId: shop, facts, now: noon(day), historic }));
};
const refunded = (order: OrderFact, day: string) =>
  withShop(shopId, (tx) => {
    const [line] = order.lines;
    const lines = [{ id: 1n, orderLineId: line!.id, quantity: 1, subtotal: line!.price, tax: '0' }];
    const fact = refundFact(order.id + 9_000n, order.id, { processedAt: noon(day), lines });
    return refundsCreated(tx, { shopId, facts: [fact], now: noon(day), historic: false });
  });
const keys = async (shop = shopId) => (await runs(shop)).map(({ runKey }) => runKey);
const theCustomer = async (shop = shopId) =>
  (await prisma().profile.findFirstOrThrow({ where: { shopId: shop, shopifyCustomerId: customer } })).id;

/** The customer agrees to mails; the engine and the mail server do what is due then. */
async function deliverAt(moment: Date): Promise<void> {
  await setConsent(shopId, await theCustomer(), 'subscribed', noon('2026-01-01'));
  at(moment);
  await advanceFlows(shopId);
  await deliverMessages(shopId);
}

describe('a tier that was reached', () => {
  beforeEach(async () => {
    shopId = await aShopWithTiers();
  });

  async function aShopWithTiers(): Promise<number> {
    const id = await aShopWithFlow('tier_up');
    await withShop(id, async (tx) => {
      await ensureEarnRule(tx, { shopId: id, now: noon('2026-01-01') });
      await updateTierProgramme(tx, { shopId: id, draft: tiers, now: noon('2026-01-02') });
    });
    return id;
  }

  it('is told once, an hour after the order, with what it brings', async () => {
    const facts = [bought('600', '2026-05-01')];
    await told(facts, '2026-05-01');
    await told(facts, '2026-05-01');
    await told([bought('10', '2026-05-02')], '2026-05-02');
    expect(await keys()).toEqual(['2:1']); // Gold, and not Silver on the way
    await deliverAt(new Date('2026-05-01T12:59:00Z'));
    expect(sink.mails).toEqual([]);
    await deliverAt(new Date('2026-05-01T13:01:00Z'));
    const { mail } = sink.mails[0]!;
    expect(mail.subject).toBe('Welcome to Gold at Fern & Field');
    for (const part of [String(mail.html), String(mail.text)]) {
      expect(part).toContain('1.5 times the points');
      expect(part).toContain('added 50 points');
      expect(part).toContain('until May 1, 2027');
    }
  });

  it('is told for each tier in its turn, and of the older one nothing when both wait', async () => {
    await told([bought('200', '2026-05-01')], '2026-05-01');
    await told([bought('300', '2026-05-01')], '2026-05-01');
    expect(await keys()).toEqual(['1:1', '2:1']);
    await deliverAt(noon('2026-05-02'));
    expect(sink.mails.map(({ mail }) => mail.subject)).toEqual(['Welcome to Gold at Fern & Field']);
    expect((await runs(shopId)).map(({ exitReason }) => exitReason)).toEqual(['superseded', 'completed']);
  });

  it('is told once per span: lost by a refund and reached again is no news', async () => {
    const first = bought('250', '2026-05-01');
    await told([first], '2026-05-01');
    await refunded(first, '2026-05-02');
    await told([bought('250', '2026-05-03')], '2026-05-03');
    expect(await keys()).toEqual(['1:1']);
  });

  it('is told again in another year', async () => {
    await told([bought('250', '2026-05-01')], '2026-05-01');
    await told([bought('250', '2027-06-01')], '2027-06-01');
    expect(await keys()).toEqual(['1:1', '1:2']);
  });

  it('is not told when the order was refunded meanwhile', async () => {
    const order = bought('250', '2026-05-01');
    await told([order], '2026-05-01');
    await refunded(order, '2026-05-01');
    await deliverAt(new Date('2026-05-01T13:01:00Z'));
    expect(sink.mails).toEqual([]);
    expect((await runs(shopId)).map(({ exitReason }) => exitReason)).toEqual(['tier_lost']);
  });

  it('is not told when the mail waited too long and the tier went', async () => {
    const order = bought('250', '2026-05-01');
    await told([order], '2026-05-01');
    await setConsent(shopId, await theCustomer(), 'subscribed', noon('2026-01-01'));
    at(new Date('2026-05-01T13:01:00Z'));
    await advanceFlows(shopId);
    await refunded(order, '2026-05-01');
    await deliverMessages(shopId);
    expect(sink.mails).toEqual([]);
    expect(await prisma().message.findFirst({ where: { shopId } })).toMatchObject({ error: 'tier_lost' });
  });

  it('by an import, by the launch or a change of the tiers, or by time is no news', async () => {
    await told([bought('600', '2026-05-01')], '2026-05-01', { historic: true });
    await told([bought('10', '2026-05-02')], '2026-05-02');
    expect(await keys()).toEqual([]);
    const lower = tiers.tiers.map((tier, n) => ({ ...tier, id: n + 1, threshold: n === 0 ? '5' : '20' }));
    const other = 6_000n;
    const small = (day: string) =>
      bought('15', day, {
        person: person({ shopifyCustomerId: other, seenAt: noon(day) }),
      });
    await told([small('2026-05-03')], '2026-05-03');
    await withShop(shopId, (tx) =>
      updateTierProgramme(tx, { shopId, draft: { ...tiers, tiers: lower }, now: noon('2026-05-04') }),
    );
    await withShop(shopId, (tx) => recomputeTiers(tx, { shopId, now: noon('2026-05-04') }));
    expect(await keys()).toEqual([]);
    // From Silver, which the change gave, to Gold, which the order did.
    await told([small('2026-05-05')], '2026-05-05');
    expect(await keys()).toEqual(['2:1']);
  });

  it('is entered once by 10 who hear of it at once; another shop is another matter', async () => {
    const other = await aShopWithTiers();
    const facts = [bought('600', '2026-05-01')];
    await told(facts, '2026-05-01', { shop: other });
    expect(await keys()).toEqual([]);
    await Promise.all(Array.from({ length: 10 }, () => told(facts, '2026-05-01')));
    expect(await keys()).toEqual(['2:1']);
    expect(await keys(other)).toEqual(['2:1']);
  });

  it('is told whatever the order in which orders are told', async () => {
    const parts = ['120', '90', '300'].map((goods, n) => bought(goods, `2026-05-0${n + 1}`));
    for (const order of permutations(parts)) {
      shopId = await aShopWithTiers();
      for (const fact of order) await told([fact], '2026-05-05');
      expect((await keys()).at(-1)).toBe('2:1');
      expect(new Set(await keys()).size).toBe((await keys()).length);
    }
  });
});

describe('points that are enough for a reward', () => {
  beforeEach(async () => {
    shopId = await aShopWithFlow('reward_available');
    await withShop(shopId, (tx) => ensureEarnRule(tx, { shopId, now: noon('2026-01-01') }));
    await aReward(shopId, { title: 'Free coffee', points: 100 });
    await aReward(shopId, { title: 'Free cake', points: 150 });
  });

  it('are told of the day after, once, with what they can buy', async () => {
    const facts = [bought('60', '2026-05-01')];
    await told(facts, '2026-05-01');
    expect(await keys()).toEqual([]);
    const more = [bought('70', '2026-05-02')];
    await told(more, '2026-05-02');
    await told([...facts, ...more], '2026-05-02');
    await told([bought('70', '2026-05-02')], '2026-05-02'); // enough already
    expect(await keys()).toHaveLength(1);
    await deliverAt(new Date('2026-05-03T11:59:00Z'));
    expect(sink.mails).toEqual([]);
    await deliverAt(new Date('2026-05-03T12:01:00Z'));
    const { mail } = sink.mails[0]!;
    expect(mail.subject).toBe('Your points are enough for a reward at Fern & Field');
    expect(mail.text).toContain('have added up to 200');
    expect(mail.text).toContain('Free coffee');
    expect(mail.text).toContain('Free cake');
  });

  it('are told of by whatever gave them: the end of a hold, a member of staff; not by an import', async () => {
    await withShop(shopId, (tx) =>
      updateEarnRule(tx, { shopId, changes: { pendingDays: 10 }, now: noon('2026-01-02') }),
    );
    await told([bought('120', '2026-05-01')], '2026-05-01');
    expect(await keys()).toEqual([]);
    at(noon('2026-05-12'));
    await pointsReleased(shopId);
    expect(await keys()).toHaveLength(1);

    const other = await withShop(shopId, (tx) =>
      tx.profile.create({ data: { shopId, firstSeenAt: noon('2026-01-01') } }),
    );
    const gift = { shopId, profileId: other.id, points: 100, reason: 'gift', staff: 'staff:1' };
    const give = () =>
      withShop(shopId, (tx) => pointsAdjusted(tx, { ...gift, key: 'gift', now: noon('2026-05-12') }));
    await Promise.all([give(), give(), give()]);
    expect(await keys()).toHaveLength(2);

    const imported = person({ shopifyCustomerId: 7_000n, seenAt: noon('2026-05-01') });
    await told([bought('500', '2026-05-01', { person: imported })], '2026-05-13', { historic: true });
    at(noon('2026-05-30'));
    expect(await keys()).toHaveLength(2);
  });

  it('are told of when consent or a batch gave them', async () => {
    await anEarnAction(shopId, { trigger: 'newsletter', title: 'Newsletter', points: 100 });
    const facts = [
      {
        shopifyCustomerId: null,
        email: 'reader@example.com',
        state: 'subscribed' as const,
        level: null,
        source: 'shopify' as const,
        occurredAt: noon('2026-05-01'),
        key: 'reader',
      },
    ];
    const now = noon('2026-05-01');
    await withShop(shopId, (tx) => consentChanged(tx, { shopId, facts, now, historic: false }));
    expect(await keys()).toHaveLength(1);

    const listener = await aMember(shopId, 0);
    const decision = { shopId, profileId: listener, staff: 'staff:1', key: 'listener', now };
    await withShop(shopId, (tx) => consentDecided(tx, { ...decision, state: 'subscribed' }));
    expect(await keys()).toHaveLength(2);

    const lucky = await aMember(shopId, 0);
    await withShop(shopId, async (tx) => {
      const { shopifyCustomerId } = await tx.profile.findFirstOrThrow({ where: { id: lucky } });
      const read = readAdjustmentFile(`id,points\n${shopifyCustomerId},100`);
      if ('problem' in read) throw new Error(read.problem);
      const source = { kind: 'file' as const, name: 'points.csv', lines: read.lines };
      const by = { shopId, staff: 'staff:1', now };
      const { batchId } = await createPointBatch(tx, { ...by, source, reason: 'Sorry', key: 'batch' });
      await startPointBatch(tx, { ...by, batchId });
    });
    at(now);
    await pointBatchesAdvanced(shopId);
    expect(await keys()).toHaveLength(3);
  });

  it('are not told of again within 30 days, after that they are', async () => {
    await told([bought('120', '2026-05-01')], '2026-05-01');
    const spend = async (points: number, day: string) => {
      const profileId = await theCustomer();
      await bookPoints(shopId, profileId, points, day);
      await prisma().profileTraits.update({
        where: { shopId_profileId: { shopId, profileId } },
        data: { pointsBalance: { increment: points } },
      });
    };
    await spend(-100, '2026-05-10');
    await told([bought('120', '2026-05-20')], '2026-05-20');
    expect(await keys()).toHaveLength(1);
    await spend(-100, '2026-05-21');
    await told([bought('120', '2026-06-20')], '2026-06-20');
    expect(await keys()).toHaveLength(2);
  });

  it('are not told of when they were spent, or the rewards switched off', async () => {
    await told([bought('120', '2026-05-01')], '2026-05-01');
    await bookPoints(shopId, await theCustomer(), -100, '2026-05-01');
    await deliverAt(new Date('2026-05-02T12:01:00Z'));
    expect((await runs(shopId)).map(({ exitReason }) => exitReason)).toEqual(['reward_lost']);
    expect(sink.mails).toEqual([]);
  });

  it('do not count what somebody has had as often as they may', async () => {
    await told([bought('120', '2026-05-01')], '2026-05-01');
    const profileId = await theCustomer();
    const reward = await prisma().reward.findFirstOrThrow({ where: { shopId, points: 100 } });
    await withShop(shopId, (tx) =>
      updateReward(tx, {
        shopId,
        rewardId: reward.id,
        terms: rewardTerms({ title: 'Free coffee', points: 100, perCustomerLimit: 1 }),
        enabled: true,
        now: noon('2026-05-01'),
      }),
    );
    const row = { key: 'had', points: 100, terms: rewardTerms(), code: 'P-HAD', state: 'used' };
    await prisma().redemption.create({
      data: { shopId, profileId, rewardId: reward.id, ...row, reservedAt: noon('2026-04-01') },
    });
    await deliverAt(new Date('2026-05-02T12:01:00Z'));
    expect(sink.mails).toEqual([]);
    expect(await prisma().message.findFirst({ where: { shopId } })).toMatchObject({ error: 'reward_lost' });
  });

  it('are entered once by many who hear of it at once, in their own shop only', async () => {
    const facts = [bought('120', '2026-05-01')];
    await Promise.all(Array.from({ length: 8 }, () => told(facts, '2026-05-01')));
    expect(await keys()).toHaveLength(1);
    const other = await aShopWithFlow('reward_available');
    await withShop(other, (tx) => ensureEarnRule(tx, { shopId: other, now: noon('2026-01-01') }));
    await told(facts, '2026-05-01', { shop: other }); // has no rewards
    expect(await keys(other)).toEqual([]);
  });
});
