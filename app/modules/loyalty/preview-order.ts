import { Decimal, decimal, ratio, sum } from '~/platform/money';
import { findCampaign, type Campaign } from './campaigns/campaign';
import { computeMoneyPoints, type Boost } from './compute-money-points';
import type { EarnRule } from './types';

/** An order that is being placed, as a checkout tells it. Amounts are decimals in shop currency. */
export interface ComingOrder {
  total: string; // what is to be paid
  tax?: string | undefined; // the part of it that is tax, when the checkout tells
  shipping?: string | undefined; // likewise
  lines?: ComingLine[]; // not told: campaigns for chosen goods can't be known
}

export interface ComingLine {
  productId: bigint;
  amount: string; // after discounts of the line
}

/** What campaigns go by, of a product that is known. */
export interface KnownProduct {
  tags: string[]; // lower case
  collectionIds: bigint[];
}

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
 * of what the checkout knows. Discounts of the whole order and tax in prices fall on its lines in proportion.
 */
export function previewOrder(order: ComingOrder, terms: PreviewTerms): number {
  const { rule, multiplier } = terms;
  const [tax, shipping] = [decimal(order.tax ?? '0'), decimal(order.shipping ?? '0')];
  const goods = Decimal.max(0, decimal(order.total).minus(tax).minus(shipping));
  const money = { goods, giftCards: new Decimal(0), shipping, tax, refunds: [] };
  const boosted = { ...rule, pointsPerUnit: rule.pointsPerUnit.times(multiplier) };
  return computeMoneyPoints(money, boosted, boostsOf(order.lines ?? [], goods, terms));
}

function boostsOf(lines: ComingLine[], goods: Decimal, terms: PreviewTerms): Boost[] {
  const { campaigns, products, now, localDay } = terms;
  if (campaigns.length === 0) return [];
  const all = sum(lines.map(({ amount }) => amount));
  const placed = new Map<Campaign, Decimal>();
  for (const { productId, amount } of lines) {
    const { tags = [], collectionIds = [] } = products.get(productId) ?? {};
    const line = { productId, tags, collectionIds, placedAt: now, localDay, goods };
    const campaign = findCampaign(line, campaigns);
    if (campaign === null) continue;
    const net = goods.times(ratio(amount, all));
    placed.set(campaign, net.plus(placed.get(campaign) ?? 0));
  }
  return [...placed].map(([{ factor, maxExtra }, net]) => ({
    factor,
    maxExtra,
    placed: net,
    back: new Decimal(0),
  }));
}
