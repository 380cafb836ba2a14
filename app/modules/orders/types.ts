import type { Decimal } from '~/platform/money';
import type { PersonRef } from '~/platform/person-ref';

/** The parameter of the first page of a visit, and the attribute of a cart, that carry the token of an affiliate's link. */
export const clickParameter = 'pnl_click';

export interface OrderLineFact {
  id: bigint;
  productId: bigint | null;
  variantId: bigint | null;
  title: string;
  sku: string | null;
  quantity: number; // ordered
  currentQuantity: number; // after edits and removals
  price: string; // unit, shop currency, before discounts
  discount: string; // whole line, all allocations
  tax: string; // whole line
  isGiftCard: boolean; // or a tip: money that pays for no goods
  unitCost?: string | null; // the backfill knows it; otherwise taken from the variant
}

/** An order as Shopify described it at `updatedAt`. Amounts are decimal strings in shop currency. */
export interface OrderFact {
  id: bigint;
  name: string;
  person: PersonRef | null;
  email: string | null;
  phone: string | null;
  checkoutToken: string | null;
  cartToken: string | null;
  clickToken?: string | null; // of the affiliate's link the visit began with
  addressKey?: string | null; // where it goes, written one way; stored as a keyed hash only
  currency: string;
  presentmentCurrency: string;
  presentmentTotal: string;
  shipping: string; // after discounts
  tax: string;
  taxesIncluded: boolean;
  discounts: string;
  total: string;
  financialStatus: string | null; // paid, partially_paid, pending, authorized, refunded, partially_refunded, voided
  fulfillmentStatus: string | null;
  test: boolean;
  sourceName: string | null;
  locale: string | null;
  tags: string[];
  lines: OrderLineFact[];
  discountCodes: { code: string; kind: string; amount: string }[];
  refunds: RefundFact[]; // an order payload carries its refunds; each counts once, by id
  processedAt: Date;
  updatedAt: Date;
  cancelledAt: Date | null;
  cancelReason: string | null;
}

export interface OrderDeletedFact {
  id: bigint;
  deletedAt: Date;
}

export interface RefundFact {
  id: bigint;
  orderId: bigint;
  processedAt: Date;
  lines: { id: bigint; orderLineId: bigint; quantity: number; subtotal: string; tax: string }[];
  shipping: string; // without tax, positive
  adjustments: string; // refunded beyond (+) or short of (-) lines and shipping
  tax: string; // of lines and shipping
  restocked: boolean;
}

export interface FulfillmentFact {
  id: bigint;
  orderId: bigint;
  status: string | null;
  shipmentStatus: string | null;
  createdAt: Date;
  updatedAt: Date;
}

export interface ProductFact {
  id: bigint;
  title: string;
  handle: string | null;
  productType: string | null;
  vendor: string | null;
  status: string;
  imageUrl: string | null;
  tags: string[];
  updatedAt: Date;
  deleted?: boolean;
  variants: {
    id: bigint;
    title: string;
    sku: string | null;
    price: string;
    imageUrl: string | null;
    unitCost?: string | null;
  }[];
  variantIds?: bigint[]; // all it has, when `variants` are the first of them only
  collections?: CollectionFact[]; // all the product is in; webhooks do not tell, the import does
}

/** A collection as Shopify described it at `updatedAt`. What is in it is told by products. */
export interface CollectionFact {
  id: bigint;
  title: string;
  updatedAt: Date;
  deleted?: boolean;
}

/** The money of one order and its refunds, for rules that compute from it (points, attribution). Shop currency. */
export interface OrderMoney {
  orderId: bigint;
  name: string;
  profileId: bigint | null;
  currency: string;
  test: boolean;
  historic: boolean;
  processedAt: Date;
  paidAt: Date | null;
  cancelledAt: Date | null;
  deletedAt: Date | null;
  goods: Decimal; // lines that are not gift cards, after discounts, without tax, as placed
  giftCards: Decimal; // lines that are, likewise
  shipping: Decimal; // after discounts, without tax
  tax: Decimal;
  refunds: {
    refundId: bigint;
    processedAt: Date;
    goods: Decimal;
    giftCards: Decimal;
    shipping: Decimal;
    tax: Decimal;
    adjustments: Decimal;
  }[];
}

/** A line of an order that is no gift card. Shop currency, after discounts, without tax. */
export interface OrderGoods {
  orderId: bigint;
  lineId: bigint;
  quantity: number; // ordered
  goods: Decimal; // as placed
  tax: Decimal; // likewise, on top
  back: Decimal; // refunded of it
  product: {
    id: bigint | null;
    tags: string[];
    collectionIds: bigint[] | null; // null: no import has told yet
    isKnown: boolean; // somebody told of it
  };
}

/** An order as attribution sees it: who placed it when, and what tells how they came. */
export interface OrderTrace {
  orderId: bigint;
  profileId: bigint | null;
  email: string | null; // none after an erasure
  test: boolean;
  ended: boolean; // cancelled or deleted
  processedAt: Date;
  clickToken: string | null;
  codes: string[]; // discount codes, in lower case
}

export { computeLeft } from './compute-left';
