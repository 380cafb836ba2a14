import { ensureEarnRule } from '~/modules/loyalty/index.server';
import { ensureAdvocate, recordDevice, updateProgramme } from '~/modules/referrals/index.server';
import { defaultProgramme, type ProgrammeTerms } from '~/modules/referrals/types';
import { clock } from '~/platform/clock.server';
import { prisma, withShop } from '~/platform/db/index.server';
import type { OrderFact, RefundFact } from '~/modules/orders/types';
import type { CustomerFact } from '~/modules/customers/types';
import { customersChanged } from '~/processes/customers-changed.server';
import { ordersChanged } from '~/processes/orders-changed.server';
import { referralClaimed } from '~/processes/referral-claimed.server';
import { referralsDecided } from '~/processes/referrals-decided.server';
import { referralsDue } from '~/processes/referrals-due.server';
import { refundsCreated } from '~/processes/refunds-created.server';
import { customerFact, guest, orderFact, refundFact } from './facts';
import { aShop } from './loyalty';
import { FakeCodes } from './rewards';

/** The first moment of every story: friends claim now. */
export const claimedAt = new Date('2026-05-01T10:00:00Z');
const dayMs = 24 * 60 * 60 * 1_000;
export const after = (days: number): Date => new Date(claimedAt.getTime() + days * dayMs);

/** 10.00 off orders from 30.00; 500 points, held for 30 days. */
function programmeTerms(overrides: Partial<ProgrammeTerms> = {}): ProgrammeTerms {
  return { ...defaultProgramme, enabled: true, ...overrides };
}

/** The Shopify id of the advocate of each shop here. */
export const advocateCustomer = 8_001n;

/** A shop with a programme and somebody who recommends it. */
export async function aReferralShop(overrides: Partial<ProgrammeTerms> = {}, shop?: number) {
  const shopId = shop ?? (await aShop()).id;
  const advocateId = await aCustomer(shopId, advocateCustomer, 'maria.advocate@shop.example');
  const { code } = await withShop(shopId, async (tx) => {
    await ensureEarnRule(tx, { shopId, now: new Date('2026-01-01T00:00:00Z') });
    await updateProgramme(tx, {
      shopId,
      terms: programmeTerms(overrides),
      now: new Date('2026-02-01T00:00:00Z'),
    });
    return ensureAdvocate(tx, { shopId, profileId: advocateId, now: claimedAt });
  });
  return { shopId, advocateId, code };
}

/** A customer of Shopify, told as Shopify tells them. */
export async function aCustomer(
  shopId: number,
  id: bigint,
  email: string,
  told: Partial<CustomerFact> = {},
): Promise<bigint> {
  const at = new Date('2026-01-05T00:00:00Z');
  const facts = [customerFact(id, { email, firstName: `F${id}`, createdAt: at, updatedAt: at, ...told })];
  await withShop(shopId, (tx) => customersChanged(tx, { shopId, facts, now: at, historic: false }));
  const profile = await prisma().profile.findFirstOrThrow({ where: { shopId, shopifyCustomerId: id } });
  return profile.id;
}

/** Points somebody has because of referrals, by the ledger. */
async function referralPoints(shopId: number, profileId: bigint): Promise<number> {
  const [row] = await prisma().$queryRaw<{ points: bigint }[]>`
    SELECT coalesce(sum(p.points), 0)::bigint AS points FROM ledger_accounts a
    JOIN ledger_postings p ON p.shop_id = a.shop_id AND p.account_id = a.id
    JOIN ledger_transactions t ON t.shop_id = p.shop_id AND t.id = p.transaction_id
    WHERE a.shop_id = ${shopId} AND a.profile_id = ${profileId} AND t.idempotency_key LIKE 'referral:%'`;
  return Number(row!.points);
}

/** A claim of somebody who also has a link of their own, as rows; returns its id. */
export async function aClaimOf(shopId: number, profileId: bigint, mark = `of-${profileId}`): Promise<bigint> {
  const at = claimedAt;
  await prisma().referralCode.create({ data: { shopId, code: `CODE-${mark}`, profileId, createdAt: at } });
  await prisma().referralDevice.create({
    data: { shopId, profileId, deviceHash: `device-${mark}`, seenOn: at },
  });
  await prisma().referralProgramme.createMany({
    data: [{ shopId, version: 1, ...programmeTerms(), effectiveFrom: at }],
    skipDuplicates: true,
  });
  const { id } = await prisma().referral.create({
    data: {
      shopId,
      claimKey: mark,
      advocateId: profileId,
      friendId: profileId,
      code: `CODE-${mark}`,
      programmeVersion: 1,
      claimedAt: at,
      offerCode: `OFFER-${mark}`,
    },
  });
  return id;
}

export const friend = 'frida@friend.example';

/** A shop in which things are told one by one. */
export async function referralWorld(terms: Partial<ProgrammeTerms> = {}) {
  const shop = await aReferralShop(terms);
  const { shopId, advocateId } = shop;
  const codes = new FakeCodes();
  const claim = (
    email = friend,
    more: { ip?: string; userAgent?: string; code?: string; now?: Date } = {},
  ) => {
    const { ip = null, userAgent = null, now = claimedAt, code = shop.code } = more;
    return referralClaimed({ shopId, code, email, consentWording: null, ip, userAgent, now, codes });
  };
  const order = (facts: Partial<OrderFact> = {}, now = after(1)) =>
    withShop(shopId, (tx) => {
      const fact = orderFact(1n, {
        person: guest(friend),
        processedAt: after(1),
        updatedAt: after(1),
        ...facts,
      });
      return ordersChanged(tx, { shopId, facts: [fact], now, historic: false });
    });
  const refund = (processedAt: Date, facts: Partial<RefundFact> = {}, now = processedAt) =>
    withShop(shopId, (tx) =>
      refundsCreated(tx, {
        shopId,
        facts: [refundFact(21n, 1n, { processedAt, ...facts })],
        now,
        historic: false,
      }),
    );
  const only = () => prisma().referral.findFirstOrThrow({ where: { shopId }, orderBy: { id: 'asc' } });
  const decide = async (decision: 'approved' | 'rejected', now: Date, reason = 'Looks fine') => {
    const { id } = await only();
    const input = { shopId, referralIds: [id], decision, reason, staff: 'staff:1', now };
    await withShop(shopId, (tx) => referralsDecided(tx, input));
  };
  const sweep = async (now: Date) => {
    clock.moveTo(now.getTime() - Date.now());
    await referralsDue(shopId, codes);
    clock.moveTo(0);
  };
  const points = () => referralPoints(shopId, advocateId);
  const evidence = async () =>
    ((await only()).evidence as { kind: string; level: string }[]).map(
      ({ kind, level }) => `${level} ${kind}`,
    );
  const seen = (
    browser: { ip: string; userAgent: string },
    { customer = advocateCustomer, now = claimedAt }: { customer?: bigint; now?: Date } = {},
  ) => withShop(shopId, (tx) => recordDevice(tx, { shopId, shopifyCustomerId: customer, ...browser, now }));
  return { ...shop, codes, claim, order, refund, only, decide, sweep, points, evidence, seen };
}
