import { z } from 'zod';
import { listOrderGoods } from '~/modules/orders/index.server';
import type { OrderGoods } from '~/modules/orders/types';
import type { Tx } from '~/platform/db/index.server';
import { Decimal, sum } from '~/platform/money';
import type { Attribution } from './attribute-orders';
import type { GoodsByRate } from './compute-commission';
import { findRate } from './find-rate';
import type { CommissionRule } from './types';

/** Which of its rule's rates each line of an order earns by; null: by none of them. By line, as it is written down. */
type LineRates = Record<string, number | null>;

export interface RatedOrder {
  byRate: GoodsByRate;
  lineRates: LineRates; // only of lines of whose product all is known that rates ask
  openProducts: bigint[]; // of the other lines: nobody told of them
  openCollections: bigint[]; // known, but not their collections
}

const lineRatesSchema = z.record(z.string(), z.number().int().min(0).nullable());

/**
 * The goods of orders whose rule has rates for certain goods. What is said of a line when it is first judged by a version stays,
 * also for refunds, also when tags change; a line whose product (or, where a rate asks, its collections) nobody told of yet is asked again. Two reads for the whole
 * batch, none when no rule has rates.
 */
export async function rateLines(
  tx: Tx,
  { shopId, attributions }: { shopId: number; attributions: Attribution[] },
): Promise<Map<bigint, RatedOrder>> {
  const rules = new Map(
    attributions.flatMap(({ order, rule }) => (rule.rates.length > 0 ? [[order.orderId, rule]] : [])),
  );
  if (rules.size === 0) return new Map();
  const orderIds = [...rules.keys()];
  const known = await readLineRates(tx, { shopId, rules });
  const lines = new Map<bigint, OrderGoods[]>();
  for (const line of await listOrderGoods(tx, { shopId, orderIds }))
    lines.set(line.orderId, [...(lines.get(line.orderId) ?? []), line]);
  return new Map(
    [...rules].map(([orderId, rule]) => [
      orderId,
      rateOrder(lines.get(orderId) ?? [], rule, known.get(orderId) ?? {}),
    ]),
  );
}

function rateOrder(lines: OrderGoods[], rule: CommissionRule, known: LineRates): RatedOrder {
  const rated = lines.map((line) => {
    const index = known[line.lineId.toString()];
    const left = Decimal.max(0, line.goods.minus(line.back));
    return { line, left, index: index === undefined ? findRate(rule.rates, line.product) : index };
  });
  const parts = rated.flatMap(({ line: { goods, quantity }, left, index }) => {
    const rate = index === null ? undefined : rule.rates[index];
    return rate ? [{ rate, goods, left, quantity }] : [];
  });
  const needsCollections = rule.rates.some(({ on }) => on === 'collections');
  const openProducts = new Set<bigint>();
  const openCollections = new Set<bigint>();
  const settled = rated.filter(({ line: { lineId, product } }) => {
    if (product.id === null || lineId.toString() in known) return true;
    if (!product.isKnown) openProducts.add(product.id);
    else if (product.collectionIds === null && needsCollections) openCollections.add(product.id);
    else return true;
    return false;
  });
  return {
    openProducts: [...openProducts],
    openCollections: [...openCollections],
    byRate: { rated: parts, left: sum(rated.map(({ left }) => left)) },
    lineRates: {
      ...known,
      ...Object.fromEntries(settled.map(({ line, index }) => [line.lineId.toString(), index])),
    },
  };
}

/** What was written down by the version that judges now; what another version said is of no matter. */
async function readLineRates(
  tx: Tx,
  { shopId, rules }: { shopId: number; rules: Map<bigint, CommissionRule> },
): Promise<Map<bigint, LineRates>> {
  const rows = await tx.affiliateOrder.findMany({
    where: { shopId, orderId: { in: [...rules.keys()] } },
    select: { orderId: true, groupId: true, ruleVersion: true, lineRates: true },
  });
  return new Map(
    rows.flatMap(({ orderId, groupId, ruleVersion, lineRates }) => {
      const rule = rules.get(orderId);
      const isSame = rule?.groupId === groupId && rule.version === ruleVersion;
      return isSame ? [[orderId, lineRatesSchema.parse(lineRates)]] : [];
    }),
  );
}
