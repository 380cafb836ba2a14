import { listOrderMoney } from '~/modules/orders/index.server';
import type { OrderMoney } from '~/modules/orders/types';
import type { Tx } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { applyGoodsList } from './apply-goods-list.server';
import { applyLineFactors } from './campaigns/apply-line-factors.server';
import { ensureEarnRule } from './ensure-earn-rule.server';
import { judgeOrder, ruleOfOrder, type Judgement } from './judge-order';
import type { TransactionInput } from './ledger-input';
import { readOrderLedgers, type OrderLedger } from './order-ledger.server';
import { planOrderPostings } from './plan-order-postings';
import { postTransactions } from './post-transactions.server';
import { readEarnRules } from './read-earn-rules.server';
import { readOrderMultipliers } from './read-order-multipliers.server';
import { restoreExpired } from './restore-expired.server';
import type { EarnRule } from './types';
import { updateHolds } from './update-holds.server';

export interface ApplyOrderPointsInput {
  shopId: number;
  orderIds: bigint[];
  now: Date;
}

interface JudgedOrder extends Judgement {
  order: OrderMoney;
  ledger: OrderLedger | undefined;
}

const maxRounds = 5;

/**
 * Posts what these orders should have earned by now minus what was posted for them before: paid, edited, refunded,
 * cancelled, told twice, told in any order, moved to another person. An order counts as often as `applyTiers` wrote down
 * for it, so that comes first. Set-wise.
 *
 * Idempotent and safe to run concurrently: an order's entries are numbered, the number is part of their key, so of two runs
 * that saw the same state one posts, and the other looks again. Returns whose balance changed.
 */
export async function applyOrderPoints(
  tx: Tx,
  { shopId, orderIds, now }: ApplyOrderPointsInput,
): Promise<{ profileIds: bigint[] }> {
  const rules = await rulesOf(tx, shopId, now);
  const profileIds = new Set<bigint>();
  let open = [...new Set(orderIds)];
  for (let round = 0; open.length > 0; round += 1) {
    if (round === maxRounds) throw busy(open);
    const judged = await judge(tx, { shopId, orderIds: open, now }, rules);
    await updateHolds(tx, { shopId, judged, mayHold: rules.some((rule) => rule.pendingDays > 0) });
    const transactions = judged.flatMap((one) => plan(one, now));
    const { posted } = await postTransactions(tx, { shopId, transactions, now, skipOtherInput: true });
    for (const { key, postings } of transactions) {
      if (posted.has(key)) postings.forEach((posting) => profileIds.add(posting.profileId));
    }
    const taken = transactions.filter(
      ({ key, kind }) => posted.has(key) && (kind === 'reverse' || kind === 'merge'),
    );
    await restoreExpired(tx, { shopId, taken, now });
    const skipped = transactions.filter(({ key }) => !posted.has(key));
    open = [...new Set(skipped.flatMap(({ orderId }) => orderId ?? []))];
  }
  return { profileIds: [...profileIds] };
}

async function rulesOf(tx: Tx, shopId: number, now: Date): Promise<[EarnRule, ...EarnRule[]]> {
  const [first, ...later] = await readEarnRules(tx, { shopId });
  if (first) return [first, ...later];
  await ensureEarnRule(tx, { shopId, now });
  const [created, ...rest] = await readEarnRules(tx, { shopId });
  if (!created) throw new Error(`shop ${shopId} has no earn rule`);
  return [created, ...rest];
}

async function judge(
  tx: Tx,
  { shopId, orderIds, now }: ApplyOrderPointsInput,
  rules: [EarnRule, ...EarnRule[]],
): Promise<JudgedOrder[]> {
  // The ledger first: what is read of the orders afterwards is at least as new as the state the entries' numbers stand for.
  const ledgers = await readOrderLedgers(tx, { shopId, orderIds });
  const money = await listOrderMoney(tx, { shopId, orderIds });
  const ruled = money.map((order) => ({
    order,
    rule: ruleOfOrder(order, ledgers.get(order.orderId), rules, now),
  }));
  const orders = (await applyGoodsList(tx, { shopId, ruled })).map(({ order }) => order);
  const multipliers = await readOrderMultipliers(tx, { shopId, orderIds });
  const boosts = await applyLineFactors(tx, { shopId, orders });
  return orders.map((order) => {
    const ledger = ledgers.get(order.orderId);
    const multiplier = multipliers.get(order.orderId)?.multiplier;
    return { order, ledger, ...judgeOrder(order, ledger, rules, now, multiplier, boosts.get(order.orderId)) };
  });
}

function plan({ order, ledger, rule, target, dueAt }: JudgedOrder, now: Date): TransactionInput[] {
  const first = ledger?.transactions ?? 0;
  return planOrderPostings(ledger?.positions ?? [], target).map(({ kind, postings }, index) => {
    const common = { kind, postings, orderId: order.orderId, key: `order:${order.orderId}:${first + index}` };
    if (kind === 'earn')
      return { ...common, ruleVersion: rule.version, occurredAt: notAfter(order.paidAt, now) };
    if (kind === 'release') return { ...common, ruleVersion: rule.version, occurredAt: notAfter(dueAt, now) };
    if (kind !== 'reverse') return { ...common, occurredAt: now };
    const refund = order.refunds.toSorted((a, b) => b.processedAt.getTime() - a.processedAt.getTime())[0];
    return {
      ...common,
      ruleVersion: rule.version,
      refundId: refund?.refundId,
      reversesId: ledger?.earnedById ?? undefined,
      occurredAt: notAfter(order.deletedAt ?? order.cancelledAt ?? refund?.processedAt ?? null, now),
    };
  });
}

function notAfter(moment: Date | null, now: Date): Date {
  return moment && moment < now ? moment : now;
}

function busy(orderIds: bigint[]): AppError {
  return new AppError('unavailable', {
    message: `ledger: orders ${orderIds.slice(0, 5).join(', ')} kept changing`,
    userMessage: 'These orders are changing right now. Please try again in a moment.',
  });
}
