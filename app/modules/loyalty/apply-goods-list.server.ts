import { listOrderGoods } from '~/modules/orders/index.server';
import type { OrderGoods, OrderMoney } from '~/modules/orders/types';
import type { Tx } from '~/platform/db/index.server';
import { groupBy } from '~/platform/group-by';
import { Decimal, decimal, ratio, sum, type Amount } from '~/platform/money';
import type { EarningOrder } from './compute-money-points';
import { doesEarn, waitsFor } from './goods-list';
import type { EarnRule } from './types';

interface RuledOrder {
  order: OrderMoney;
  rule: EarnRule; // it is judged by
}

/** Goods of an order that came back, and their tax. */
interface RefundedLine {
  refund_id: bigint;
  id: bigint; // of the order's line
  back: Decimal;
  tax: Decimal;
}

/** What was written down of a line: whether it earns, and whether its tax goes with it. */
interface SaidOfLine {
  earns: boolean;
  ownTax: boolean;
}

/**
 * Tells orders what of their goods the list of their rule leaves out. What is said of a line when it is first seen is written
 * down and stays, also when tags or collections change; while its product is not known it waits (`claimToldOrders`). Money
 * back for goods that names no line falls on all goods of the order in proportion; the tax of lines goes with them. Set-wise,
 * idempotent; without lists it asks nothing.
 */
export async function applyGoodsList<One extends RuledOrder>(
  tx: Tx,
  { shopId, ruled }: { shopId: number; ruled: One[] },
): Promise<(One & { order: EarningOrder })[]> {
  const rules = new Map(
    ruled.flatMap(({ order, rule }) => (rule.scope === 'all' ? [] : [[order.orderId, rule]])),
  );
  if (rules.size === 0) return ruled;
  const orderIds = [...rules.keys()];
  const lines = groupBy(await listOrderGoods(tx, { shopId, orderIds }), ({ orderId }) => orderId);
  const written = await writeNewLines(tx, shopId, [...lines.values()].flat(), rules);
  const refunded = groupBy(await readRefundedLines(tx, shopId, orderIds), (line) => line.refund_id);
  return ruled.map((one) => {
    const { order, rule } = one;
    const all = (rules.has(order.orderId) && lines.get(order.orderId)) || [];
    const said = all.map(
      (line) => written.get(keyOf(line, rule)) ?? { earns: earns(line, rule), ownTax: true },
    );
    const outside = all.filter((_, index) => said[index]?.earns === false);
    if (outside.length === 0) return one;
    const ownTax = said.every((line) => line.ownTax);
    return { ...one, order: leaveOut(order, { all, outside, ownTax }, refunded) };
  });
}

function leaveOut(
  order: OrderMoney,
  goods: { all: OrderGoods[]; outside: OrderGoods[]; ownTax: boolean },
  refunded: Map<bigint, RefundedLine[]>,
): EarningOrder {
  const outside = sum(goods.outside.map((line) => line.goods));
  const outsideLines = goods.outside.map(({ lineId }) => lineId);
  const share = ratio(outside, order.goods);
  /** Tax of lines goes with them; the rest, of shipping or of lines that tell none, falls on all goods in proportion. */
  const insideTax = (tax: Decimal, lines: { id: bigint; tax: Decimal }[]) => {
    if (!goods.ownTax) return {};
    const rest = tax.minus(sum(lines.map((line) => line.tax)));
    const own = sum(lines.filter(({ id }) => !outsideLines.includes(id)).map((line) => line.tax));
    return { insideTax: Decimal.max(0, own.plus(rest.times(new Decimal(1).minus(share)))) };
  };
  const refunds = order.refunds.map((refund) => {
    const named = refunded.get(refund.refundId) ?? [];
    const ours = sum(named.filter(({ id }) => outsideLines.includes(id)).map(({ back }) => back));
    const loose = Decimal.max(0, refund.goods.minus(sum(named.map(({ back }) => back))));
    return { ...refund, outside: ours.plus(loose.times(share)), ...insideTax(refund.tax, named) };
  });
  const lines = goods.all.map(({ lineId: id, tax }) => ({ id, tax }));
  return { ...order, outside, outsideLines, ...insideTax(order.tax, lines), refunds };
}

function earns({ product }: OrderGoods, rule: EarnRule): boolean {
  const { id: productId, collectionIds, tags } = product;
  const lower = tags.map((tag) => tag.toLowerCase());
  return doesEarn({ productId, collectionIds: collectionIds ?? [], tags: lower }, rule);
}

function keyOf({ orderId, lineId }: { orderId: bigint; lineId: bigint }, { version }: { version: number }) {
  return `${orderId}:${lineId}:${version}`;
}

/** What was written down for good of these lines, by `keyOf`, after what is new was added. */
async function writeNewLines(
  tx: Tx,
  shopId: number,
  lines: OrderGoods[],
  rules: Map<bigint, EarnRule>,
): Promise<Map<string, SaidOfLine>> {
  const known = await readWritten(tx, shopId, [...rules.keys()]);
  const rows = lines.flatMap((line) => {
    const rule = rules.get(line.orderId);
    if (!rule || known.has(keyOf(line, rule))) return [];
    const { orderId, lineId } = line;
    const ids = { order_id: orderId.toString(), line_id: lineId.toString() };
    return [{ ...ids, version: rule.version, earns: earns(line, rule), ...waitsFor(line.product, [rule]) }];
  });
  if (rows.length === 0) return known;
  await tx.$executeRaw`
    INSERT INTO order_line_earns AS e (shop_id, order_id, line_id, version, earns, product_id, waits_for, own_tax)
    SELECT ${shopId}::int, order_id, line_id, version, earns, product_id, waits_for, true
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS t(order_id bigint, line_id bigint, version int, earns boolean, product_id bigint, waits_for text)
    ORDER BY order_id, line_id
    ON CONFLICT (shop_id, order_id, line_id, version) DO UPDATE SET earns = excluded.earns, product_id = excluded.product_id,
      waits_for = excluded.waits_for
    WHERE e.waits_for IS NOT NULL AND e.waits_for IS DISTINCT FROM excluded.waits_for`;
  return readWritten(tx, shopId, [...rules.keys()]); // of two that write at once, the first has said it for both
}

async function readWritten(tx: Tx, shopId: number, orderIds: bigint[]): Promise<Map<string, SaidOfLine>> {
  const rows = await tx.$queryRaw<(SaidOfLine & { orderId: bigint; lineId: bigint; version: number })[]>`
    SELECT order_id AS "orderId", line_id AS "lineId", version, earns, own_tax AS "ownTax" FROM order_line_earns
    WHERE shop_id = ${shopId} AND order_id = ANY (${orderIds}::bigint[]) AND waits_for IS NULL`;
  return new Map(rows.map((row) => [keyOf(row, row), row]));
}

async function readRefundedLines(tx: Tx, shopId: number, orderIds: bigint[]): Promise<RefundedLine[]> {
  const rows = await tx.$queryRaw<{ refund_id: bigint; id: bigint; back: Amount; tax: Amount }[]>`
    SELECT r.id AS refund_id, l.id, x.subtotal - CASE WHEN o.taxes_included THEN x.tax ELSE 0 END AS back, x.tax
    FROM refunds r
    JOIN orders o ON o.shop_id = r.shop_id AND o.id = r.order_id
    JOIN refund_lines x ON x.shop_id = r.shop_id AND x.refund_id = r.id
    JOIN order_lines l ON l.shop_id = r.shop_id AND l.order_id = r.order_id AND l.id = x.order_line_id AND NOT l.is_gift_card
    WHERE r.shop_id = ${shopId} AND r.order_id = ANY (${orderIds}::bigint[])`;
  return rows.map((row) => ({ ...row, back: decimal(row.back), tax: decimal(row.tax) }));
}
