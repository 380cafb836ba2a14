import {
  assignCode,
  createPayouts,
  decideAffiliate,
  ensureProgramme,
  listBalances,
  recordApplication,
  recordLinkClick,
  saveGroup,
  settlePayout,
} from '~/modules/affiliates/index.server';
import type { AffiliateBalance, CommissionRule, RuleTerms } from '~/modules/affiliates/types';
import type { OrderFact, RefundFact } from '~/modules/orders/types';
import { prisma, withShop } from '~/platform/db/index.server';
import { decimal } from '~/platform/money';
import { minute, orderFact, orderLine, refundFact } from './facts';
import { arrive, createShop } from './records';

/** Before every order of the factories. */
const approvedAt = new Date('2026-04-01T10:00:00Z');
export const staff = 'staff:1';

export function ruleTerms(overrides: Partial<RuleTerms> = {}): RuleTerms {
  return {
    kind: 'percent',
    value: '10',
    scope: 'every_order',
    newCustomersOnly: false,
    holdDays: 30,
    windowDays: 30,
    rates: [],
    ...overrides,
  };
}

export function commissionRule(overrides: Partial<CommissionRule> = {}): CommissionRule {
  return {
    ...ruleTerms(),
    rates: [],
    groupId: 1,
    version: 1,
    value: decimal('10'),
    effectiveFrom: approvedAt,
    ...overrides,
  };
}

let counter = 0;

/** A shop with a programme and one group of these terms. */
export async function aProgramme(
  terms: Partial<RuleTerms> = {},
): Promise<{ shopId: number; groupId: number }> {
  const shopId = await createShop();
  return { shopId, groupId: await aGroup(shopId, terms) };
}

export async function aGroup(shopId: number, terms: Partial<RuleTerms> = {}): Promise<number> {
  counter += 1;
  const group = { groupId: null, name: 'Partners', key: `group-${counter}`, terms: ruleTerms(terms) };
  const { groupId } = await withShop(shopId, async (tx) => {
    await ensureProgramme(tx, { shopId, now: approvedAt });
    return saveGroup(tx, { shopId, ...group, now: approvedAt });
  });
  return groupId;
}

/** Somebody approved long before the orders of the factories, with a discount code of their own. */
export async function anAffiliate(
  shopId: number,
  groupId: number,
  { email, code, now = approvedAt }: { email?: string; code?: string; now?: Date } = {},
): Promise<{ affiliateId: bigint; code: string; linkCode: string }> {
  counter += 1;
  const own = { email: email ?? `partner${counter}@mail.example`, code: code ?? `PARTNER${counter}` };
  return withShop(shopId, async (tx) => {
    const application = { name: 'Rosa', email: own.email };
    const { affiliateId } = await recordApplication(tx, { shopId, application, now });
    const decision = { state: 'approved', groupId } as const;
    const { linkCode } = await decideAffiliate(tx, { shopId, affiliateId, decision, staff, now });
    await assignCode(tx, { shopId, affiliateId, code: own.code, now });
    return { affiliateId, code: own.code, linkCode };
  });
}

/** A paid order with goods for this much, and a code. */
export function codeOrder(
  id: bigint,
  code: string,
  overrides: Partial<OrderFact> & { goods?: string } = {},
): OrderFact {
  const { goods = '100.00', ...rest } = overrides;
  return orderFact(id, {
    discountCodes: [{ code, kind: 'percentage', amount: '0' }],
    lines: [orderLine({ price: goods })],
    total: goods,
    ...rest,
  });
}

/** Goods of an order for this much go back. */
export function goodsBack(
  id: bigint,
  orderId: bigint,
  goods: string,
  overrides: Partial<RefundFact> = {},
): RefundFact {
  const lines = [{ id, orderLineId: 1n, quantity: 1, subtotal: goods, tax: '0' }];
  return refundFact(id, orderId, { lines, processedAt: minute(60), ...overrides });
}

/** What an affiliate has in EUR, as numbers one can compare. */
export async function moneyOf(
  shopId: number,
  affiliateId: bigint,
): Promise<Record<keyof Omit<AffiliateBalance, 'currency'>, number>> {
  const found = await withShop(shopId, (tx) => listBalances(tx, { shopId, affiliateIds: [affiliateId] }));
  const balance = found.get(affiliateId)?.find(({ currency }) => currency === 'EUR');
  const of = (amount: string | undefined): number => Number(amount ?? 0);
  return {
    pending: of(balance?.pending),
    payable: of(balance?.payable),
    setAside: of(balance?.setAside),
    paid: of(balance?.paid),
  };
}

export function makePayout(shopId: number, key: string, now: Date): Promise<bigint[]> {
  return withShop(shopId, async (tx) => (await createPayouts(tx, { shopId, key, staff, now })).batchIds);
}

export function payBatch(shopId: number, batchId: bigint, reference: string, now: Date): Promise<void> {
  const outcome = { state: 'paid', reference } as const;
  return withShop(shopId, (tx) => settlePayout(tx, { shopId, batchId, outcome, staff, now }));
}

/** Every balance, and what every entry says it moved, next to the sum of its postings, and whether anything fails to sum to 0, over the whole database. */
export async function commissionTotals(): Promise<{ drifted: number; sum: number; unbalanced: number }> {
  const [row] = await prisma().$queryRaw<{ drifted: number; sum: number; unbalanced: number }[]>`
    SELECT
      (SELECT count(*)::int FROM affiliate_accounts a WHERE a.balance IS NOT NULL AND a.balance <> coalesce(
        (SELECT sum(amount) FROM affiliate_postings p WHERE p.shop_id = a.shop_id AND p.account_id = a.id), 0)) +
      (SELECT count(*)::int FROM affiliate_transactions t WHERE t.moved <> (
        SELECT sum(p.amount) FROM affiliate_postings p JOIN affiliate_accounts a ON a.shop_id = p.shop_id AND a.id = p.account_id
        WHERE p.shop_id = t.shop_id AND p.transaction_id = t.id AND a.affiliate_id = t.affiliate_id)) AS drifted,
      (SELECT coalesce(sum(amount), 0)::float FROM affiliate_postings) AS sum,
      (SELECT count(*)::int FROM (
        SELECT 1 FROM affiliate_postings GROUP BY shop_id, transaction_id HAVING sum(amount) <> 0) bad) AS unbalanced`;
  return row!;
}

/** Somebody at this address who is an affiliate and asked for a link into the portal. */
export async function anErasableAffiliate(shopId: number, email: string): Promise<bigint> {
  const groupId = await aGroup(shopId);
  const { affiliateId } = await anAffiliate(shopId, groupId, { email });
  const times = { createdAt: approvedAt, expiresAt: approvedAt };
  await prisma().affiliateSignIn.create({ data: { shopId, affiliateId, tokenHash: 'h', ...times } });
  return affiliateId;
}

/** A programme with something in every one of its tables, and `text` wherever it holds text. */
export async function aFilledProgramme(
  shopId: number,
  text: string,
): Promise<{ affiliateId: bigint; affiliateGroupId: number; payoutBatchId: bigint; programmeToken: string }> {
  const affiliateGroupId = await aGroup(shopId, { holdDays: 0 });
  const email = `partner@${text}.example`;
  const { affiliateId, linkCode } = await anAffiliate(shopId, affiliateGroupId, {
    email,
    code: `${text}-code`,
  });
  await arrive(shopId, { orders: [codeOrder(6_001n, `${text}-code`)] });
  const [payoutBatchId] = await makePayout(shopId, text, approvedAt);
  await withShop(shopId, (tx) => recordLinkClick(tx, { shopId, linkCode, now: approvedAt }));
  const times = { createdAt: approvedAt, expiresAt: approvedAt };
  await prisma().affiliateSignIn.create({ data: { shopId, affiliateId, tokenHash: text, ...times } });
  await prisma().affiliate.update({
    where: { shopId_id: { shopId, id: affiliateId } },
    data: { name: text, about: text, website: text, payoutTo: text },
  });
  const asset = { title: text, url: `https://${text}.example/a.png`, createKey: text, createdAt: approvedAt };
  await prisma().affiliateAsset.create({ data: { shopId, ...asset } });
  const { token } = await prisma().affiliateProgramme.update({ where: { shopId }, data: { title: text } });
  return { affiliateId, affiliateGroupId, payoutBatchId: payoutBatchId!, programmeToken: token };
}
