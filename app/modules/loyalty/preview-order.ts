import { Decimal, decimal, ratio, sum } from '~/platform/money';
import { findCampaign, type Campaign } from './campaigns/campaign';
import { computeMoneyPoints, type Boost } from './compute-money-points';
import { doesEarn, type ListedProduct } from './goods-list';
import type { EarnRule } from './types';

/** An order that is being placed, as a checkout tells it. Amounts are decimals in shop currency. */
export interface ComingOrder {
  total: string; // what is to be paid
  tax?: string | undefined; // the part of it that is tax, when the checkout tells
  shipping?: string | undefined; // likewise
  lines?: ComingLine[]; // not told: campaigns, and which goods earn, can't be known
}

export interface ComingLine {
  productId: bigint; // 0: the rest of an order that is too large to be told line by line
  amount: string; // after discounts of the line
}

/** What lists of goods go by, of a product that is known. */
export type KnownProduct = Pick<ListedProduct, 'tags' | 'collectionIds'>;

export interface PreviewTerms {
  rule: EarnRule;
  multiplier: Decimal; // of the person's tier
  campaigns: Campaign[];
  products: Map<bigint, KnownProduct>;
  now: Date;
  localDay: string; // YYYY-MM-DD, of the shop
}

/**
 * What an order would earn if it were placed and paid now, campaigns included: the rule of the order that it becomes, asked
 * of what the checkout knows. Discounts of the whole order and tax in prices fall on its lines in proportion. Goods that may be
 * outside the rule's list, because nobody says what they are, are not promised points.
 */
export function previewOrder(order: ComingOrder, terms: PreviewTerms): number {
  const { rule, multiplier } = terms;
  const [tax, shipping] = [decimal(order.tax ?? '0'), decimal(order.shipping ?? '0')];
  const goods = Decimal.max(0, decimal(order.total).minus(tax).minus(shipping));
  const lines = linesOf(order, goods, terms);
  const outside = sum(lines.filter((line) => !line.earns).map(({ net }) => net));
  const unsaid = rule.scope !== 'all' && lines.length === 0;
  const money = {
    ...{ goods, giftCards: new Decimal(0), shipping, tax, refunds: [] },
    outside: unsaid ? goods : outside,
  };
  const boosted = { ...rule, pointsPerUnit: rule.pointsPerUnit.times(multiplier) };
  return computeMoneyPoints(money, boosted, boostsOf(lines, goods, terms));
}

interface KnownLine extends ListedProduct {
  net: Decimal;
  earns: boolean;
}

function linesOf({ lines = [] }: ComingOrder, goods: Decimal, { products, rule }: PreviewTerms): KnownLine[] {
  const all = sum(lines.map(({ amount }) => amount));
  return lines.map(({ productId, amount }) => {
    const { tags = [], collectionIds = [] } = products.get(productId) ?? {};
    const product = { productId, tags, collectionIds };
    const earns = rule.scope === 'all' || (productId !== 0n && doesEarn(product, rule));
    return { ...product, net: goods.times(ratio(amount, all)), earns };
  });
}

function boostsOf(lines: KnownLine[], goods: Decimal, terms: PreviewTerms): Boost[] {
  const { campaigns, now, localDay } = terms;
  const placed = new Map<Campaign, Decimal>();
  for (const { net, earns, ...product } of lines) {
    const campaign = earns && findCampaign({ ...product, placedAt: now, localDay, goods }, campaigns);
    if (campaign) placed.set(campaign, net.plus(placed.get(campaign) ?? 0));
  }
  return [...placed].map(([{ factor, maxExtra }, net]) => ({
    factor,
    maxExtra,
    placed: net,
    back: new Decimal(0),
  }));
}
