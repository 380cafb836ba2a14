import { listOrderMoney, listOrderTraces } from '~/modules/orders/index.server';
import type { OrderMoney } from '~/modules/orders/types';
import type { Tx } from '~/platform/db/index.server';
import { attributeOrders, type Attribution } from './attribute-orders';
import { computeCommission, type Commission } from './compute-commission';
import type { Entry } from './ledger-entry';
import { lockAffiliates } from './lock-affiliates.server';
import { planEntries, type Target } from './plan-entries';
import { postEntries } from './post-entries.server';
import { readAttributionWorld } from './read-attribution-world.server';
import { rateLines, type RatedOrder } from './rate-lines.server';
import { readPositions, type OrderPositions } from './read-positions.server';
import { saveOrders } from './save-orders.server';

export interface ApplyOrderCommissionsInput {
  shopId: number;
  orderIds: bigint[];
  profileIds: bigint[]; // people touched otherwise, say because an order is not theirs any more
  now: Date;
}

/** An order as it should be in the books. */
export interface JudgedOrder extends Attribution, Commission {
  money: OrderMoney;
  goods: Omit<RatedOrder, 'byRate'>;
  dueAt: Date;
}

const unrated = { byRate: null, lineRates: {}, openProducts: [], openCollections: [] };
const dayMs = 24 * 60 * 60 * 1_000;

/**
 * Finds out whose these orders are and posts what they should have earned by now minus what was posted for them before: paid,
 * edited, refunded, cancelled, told twice, told late, told in any order. Set-wise, idempotent, one at a time per shop.
 *
 * A shop without affiliates pays one look at one row. Only of people an affiliate brought all orders are read.
 */
export async function applyOrderCommissions(tx: Tx, input: ApplyOrderCommissionsInput): Promise<void> {
  const { shopId, now } = input;
  if ((await tx.affiliateProgramme.count({ where: { shopId } })) === 0) return;
  const touched = await findTouched(tx, input);
  if (touched.orderIds.length === 0 && touched.profileIds.length === 0) return;
  await lockAffiliates(tx, { shopId });
  const judged = await judge(tx, { shopId, ...touched });
  const ours = new Map(judged.map((one) => [one.order.orderId, one]));
  const positions = await readPositions(tx, {
    shopId,
    orderIds: [...ours.keys(), ...touched.orderIds],
    profileIds: touched.profileIds,
  });
  const orderIds = new Set([...ours.keys(), ...positions.keys()]);
  const entries = [...orderIds].flatMap((orderId) =>
    plan(orderId, { judged: ours.get(orderId), known: positions.get(orderId), now }),
  );
  await postEntries(tx, { shopId, entries, now });
  await saveOrders(tx, { shopId, judged, ...touched, now });
}

/** The orders and people affiliates have to do with: the answer is nearly always none, so this is one cheap question. */
async function findTouched(
  tx: Tx,
  { shopId, orderIds, profileIds }: ApplyOrderCommissionsInput,
): Promise<{ orderIds: bigint[]; profileIds: bigint[] }> {
  const rows = await tx.$queryRaw<{ id: bigint | null; profile_id: bigint | null }[]>`
    SELECT o.id, o.profile_id FROM orders o
    WHERE o.shop_id = ${shopId} AND o.id = ANY (${orderIds}::bigint[]) AND (
      o.click_token IS NOT NULL
      OR EXISTS (SELECT 1 FROM affiliate_orders b WHERE b.shop_id = o.shop_id AND b.order_id = o.id)
      OR EXISTS (SELECT 1 FROM affiliate_orders b WHERE b.shop_id = o.shop_id AND b.profile_id = o.profile_id)
      OR EXISTS (SELECT 1 FROM order_discounts d JOIN affiliate_codes c ON c.shop_id = d.shop_id AND lower(c.code) = lower(d.code)
                 WHERE d.shop_id = o.shop_id AND d.order_id = o.id))
    UNION
    SELECT NULL, b.profile_id FROM affiliate_orders b
    WHERE b.shop_id = ${shopId} AND b.profile_id = ANY (${profileIds}::bigint[])
    UNION
    SELECT b.order_id, b.profile_id FROM affiliate_orders b
    WHERE b.shop_id = ${shopId} AND b.order_id = ANY (${orderIds}::bigint[])`;
  return {
    orderIds: [...new Set(rows.flatMap(({ id }) => id ?? []))],
    profileIds: [...new Set(rows.flatMap(({ profile_id: id }) => id ?? []))],
  };
}

async function judge(
  tx: Tx,
  { shopId, orderIds, profileIds }: { shopId: number; orderIds: bigint[]; profileIds: bigint[] },
): Promise<JudgedOrder[]> {
  const orders = await listOrderTraces(tx, { shopId, orderIds, profileIds });
  const world = await readAttributionWorld(tx, { shopId, orders });
  const attributions = attributeOrders(orders, world);
  const moneys = await listOrderMoney(tx, {
    shopId,
    orderIds: attributions.map(({ order }) => order.orderId),
  });
  const byId = new Map(moneys.map((money) => [money.orderId, money]));
  const rated = await rateLines(tx, { shopId, attributions });
  return attributions.flatMap((attribution) => {
    const { order, rule, barrier } = attribution;
    const money = byId.get(order.orderId);
    if (!money) return [];
    const dueAt = new Date(order.processedAt.getTime() + rule.holdDays * dayMs);
    const { byRate, ...goods } = rated.get(order.orderId) ?? unrated;
    const commission = computeCommission(money, rule, barrier, byRate);
    return [{ ...attribution, ...commission, goods, money, dueAt }];
  });
}

function plan(
  orderId: bigint,
  { judged, known, now }: { judged: JudgedOrder | undefined; known: OrderPositions | undefined; now: Date },
): Entry[] {
  const currency = judged?.money.currency ?? known?.currency;
  if (currency === undefined) return [];
  const target: Target | null = judged
    ? { affiliateId: judged.affiliateId, amount: judged.amount, isDue: judged.dueAt <= now }
    : null;
  return planEntries(known?.positions ?? [], target).map(({ kind, postings }, index) => ({
    kind,
    postings,
    currency,
    orderId,
    key: `order:${orderId}:${(known?.transactions ?? 0) + index}`,
    ruleVersion: judged?.rule.version,
    occurredAt: kind === 'earn' ? notAfter(judged?.money.paidAt, now) : now,
  }));
}

function notAfter(moment: Date | null | undefined, now: Date): Date {
  return moment && moment < now ? moment : now;
}
