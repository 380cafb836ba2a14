import { groupBy } from '~/platform/group-by';
import { Decimal, decimal, ratio, roundMoney, sum } from '~/platform/money';
import { findCampaign, type Campaign } from './campaigns/campaign';
import { computeMoneyPoints, type Boost } from './compute-money-points';
import { doesEarn, type ListedProduct } from './goods-list';
import type { EarnRule } from './types';

/** An order that is being placed, as a checkout tells it. Amounts are decimals in shop currency. */
export interface ComingOrder {
  total: string; // what is to be paid
  tax?: string | undefined; // the part of it that is tax, when the checkout tells
  shipping?: string | undefined; // likewise
  taxIncluded?: boolean; // prices, and that of shipping, contain the tax
  lines?: ComingLine[]; // not told: campaigns, and which goods earn, can't be known
}

export interface ComingLine {
  productId: bigint; // 0: the rest of an order that is too large to be told line by line
  amount: string; // after discounts of the line
  isDigital?: boolean; // nothing is sent: it may be a gift card
}

/** What an order would earn. */
export interface OrderPreview {
  earns: number; // points
  isAbout: boolean; // what the checkout does not tell may make it a little more or less
}

/** What lists of goods go by, of a product that is known. */
export type KnownProduct = Pick<ListedProduct, 'tags' | 'collectionIds'> & { isGiftCard: boolean };

export interface PreviewTerms {
  rule: EarnRule;
  multiplier: Decimal; // of the person's tier
  campaigns: Campaign[];
  products: Map<bigint, KnownProduct>;
  currency: string; // of all amounts; it says what they are rounded to
  now: Date;
  localDay: string; // YYYY-MM-DD, of the shop
}

/**
 * What an order would earn if it were placed and paid now, campaigns included: the rule of the order that it becomes, asked
 * of what the checkout knows. Discounts of the whole order and tax in prices fall on its lines in proportion, but not on gift
 * cards. Goods that may be outside the rule's list, because nobody says what they are, are not promised points.
 */
export function previewOrder(order: ComingOrder, terms: PreviewTerms): OrderPreview {
  const { rule, multiplier, currency } = terms;
  const told = linesOf(order, terms);
  const giftCards = Decimal.min(order.total, sumOf(told.filter(({ isGiftCard }) => isGiftCard)));
  const parts = partsOf(order, giftCards, currency);
  const lines = told.filter(({ isGiftCard }) => !isGiftCard);
  const boosts = boostsOf(lines, parts.goods, terms);
  const unsaid = rule.scope !== 'all' && told.length === 0;
  const outside = unsaid
    ? parts.goods
    : shareOf(
        lines.filter(({ earns }) => !earns),
        lines,
        parts.goods,
        currency,
      );
  const boosted = { ...rule, pointsPerUnit: rule.pointsPerUnit.times(multiplier) };
  const earns = computeMoneyPoints({ ...parts, outside, refunds: [] }, boosted, boosts);
  return { earns, isAbout: isAbout(order, { ...terms, told, goods: parts.goods, outside, boosts }) };
}

interface KnownLine extends ListedProduct {
  amount: Decimal;
  earns: boolean;
  isGiftCard: boolean;
}

function linesOf({ lines = [] }: ComingOrder, { products, rule }: PreviewTerms): KnownLine[] {
  return lines.map(({ productId, amount }) => {
    const { tags = [], collectionIds = [], isGiftCard = false } = products.get(productId) ?? {};
    const product = { productId, tags, collectionIds };
    const earns = rule.scope === 'all' || (productId !== 0n && doesEarn(product, rule));
    return { ...product, amount: decimal(amount), earns, isGiftCard };
  });
}

/** Without tax, but for `tax`: where prices contain it, shipping does at the rate of the whole order, as nobody says its own. */
function partsOf(order: ComingOrder, giftCards: Decimal, currency: string) {
  const [tax, paid] = [decimal(order.tax ?? '0'), decimal(order.shipping ?? '0')];
  const taxed = decimal(order.total).minus(giftCards);
  const contained = order.taxIncluded ? roundMoney(ratio(paid.times(tax), taxed), currency) : 0;
  const shipping = Decimal.max(0, paid.minus(contained));
  return { goods: Decimal.max(0, taxed.minus(tax).minus(shipping)), giftCards, shipping, tax };
}

const sumOf = (lines: KnownLine[]) => sum(lines.map(({ amount }) => amount));

/** What of the order's goods some of its lines are; all of them are all of the goods. */
function shareOf(some: KnownLine[], lines: KnownLine[], goods: Decimal, currency: string): Decimal {
  return roundMoney(ratio(goods.times(sumOf(some)), sumOf(lines)), currency);
}

function boostsOf(lines: KnownLine[], goods: Decimal, terms: PreviewTerms): Boost[] {
  const { campaigns, currency, now, localDay } = terms;
  const byCampaign = groupBy(lines, ({ earns, ...product }) =>
    earns ? findCampaign({ ...product, placedAt: now, localDay, goods }, campaigns) : null,
  );
  return [...byCampaign].flatMap(([campaign, its]) => {
    if (campaign === null) return [];
    const { factor, maxExtra } = campaign;
    return [{ factor, maxExtra, placed: shareOf(its, lines, goods, currency), back: new Decimal(0) }];
  });
}

interface PreviewedParts extends PreviewTerms {
  told: KnownLine[];
  goods: Decimal;
  outside: Decimal;
  boosts: Boost[];
}

/**
 * Whether the order may earn more or less than its preview. A checkout tells tax late and in total only: what of it is that of
 * shipping, or of goods that count otherwise than the rest, is an estimate where rates differ.
 */
function isAbout({ tax, shipping = '0', taxIncluded }: ComingOrder, parts: PreviewedParts): boolean {
  const { rule, campaigns, told, goods, outside, boosts } = parts;
  if (tax === undefined) return true;
  const asksGoods = [rule, ...campaigns].some(({ scope }) => scope !== 'all');
  if (asksGoods && (told.length === 0 || told.some(({ productId }) => productId === 0n))) return true;
  if (decimal(tax).isZero()) return false;
  const isParted = !outside.isZero() || boosts.some(({ placed }) => !placed.equals(goods));
  if (isParted && (taxIncluded || rule.includeTax)) return true;
  return !!taxIncluded && !decimal(shipping).isZero() && (!rule.includeShipping || boosts.length > 0);
}
