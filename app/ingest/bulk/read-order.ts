import type { z } from 'zod';
import type { OrderFact, OrderLineFact, RefundFact } from '~/modules/orders/types';
import { decimal, sum } from '~/platform/money';
import { operations } from '~/platform/shopify/index.server';
import { readClickToken } from '../payloads/click-token';
import { moment, normaliseEmail, normalisePhone, optionalMoment, shopifyId } from '../payloads/fields';
import { addressKey } from '../payloads/address-key';
import { toPerson } from '../payloads/person';
import type { BulkNode } from './group-nodes';

const { node } = operations.bulkOrders.result.shape.orders.shape.edges.element.shape;
const orderNode = node.omit({ lineItems: true, shippingLines: true }).extend({
  id: shopifyId,
  createdAt: moment,
  processedAt: moment,
  updatedAt: moment,
  cancelledAt: optionalMoment,
  totalTipReceivedSet: node.shape.totalTipReceivedSet.optional(), // imports begun before it was asked for lack it
});
const lineNode = node.shape.lineItems.shape.edges.element.shape.node.extend({ id: shopifyId });
const shippingNode = node.shape.shippingLines.shape.edges.element.shape.node;

type OrderNode = z.infer<typeof orderNode>;
type LineNode = z.infer<typeof lineNode>;

/** An order with its lines; its refunds are asked for by id (see refund-details.graphql) and added by the caller. */
export function readBulkOrder({ node: raw, children }: BulkNode): { order: OrderFact; refundIds: string[] } {
  const order = orderNode.parse(raw);
  const lines = children
    .filter((child) => !('discountedPriceSet' in child))
    .map((child) => lineNode.parse(child));
  const shipping = children
    .filter((child) => 'discountedPriceSet' in child)
    .map((child) => shippingNode.parse(child));
  const tips = tipsAmong(lines, order.totalTipReceivedSet?.shopMoney.amount ?? '0');
  const fact: OrderFact = {
    id: order.id,
    name: order.name,
    person: personOf(order),
    email: normaliseEmail(order.email),
    phone: normalisePhone(order.phone, order.shippingAddress?.countryCodeV2 ?? null),
    checkoutToken: order.checkoutToken,
    cartToken: order.cartToken,
    addressKey: addressKey(addressOf(order)),
    clickToken: readClickToken(
      order.landingPageUrl,
      order.customAttributes.map(({ key, value }) => ({ name: key, value })),
    ),
    currency: order.currencyCode,
    presentmentCurrency: order.presentmentCurrencyCode,
    presentmentTotal: order.totalPriceSet.presentmentMoney.amount,
    shipping: sum(shipping.map((line) => line.discountedPriceSet.shopMoney.amount)).toString(),
    tax: order.totalTaxSet?.shopMoney.amount ?? '0',
    taxesIncluded: order.taxesIncluded,
    discounts: order.totalDiscountsSet?.shopMoney.amount ?? '0',
    total: order.totalPriceSet.shopMoney.amount,
    financialStatus: order.displayFinancialStatus?.toLowerCase() ?? null,
    fulfillmentStatus: fulfillmentStatuses[order.displayFulfillmentStatus] ?? null,
    test: order.test,
    sourceName: order.sourceName,
    locale: order.customerLocale,
    tags: order.tags,
    lines: lines.map((line) => toLine(line, tips.has(line))),
    discountCodes: discountCodesOf(order, lines),
    refunds: [],
    processedAt: order.processedAt,
    updatedAt: order.updatedAt,
    cancelledAt: order.cancelledAt,
    cancelReason: order.cancelReason?.toLowerCase() ?? null,
  };
  return { order: fact, refundIds: order.refunds.map((refund) => refund.id) };
}

/** As webhooks say it; the finer states of the admin are not fulfilled yet. */
const fulfillmentStatuses: Readonly<Record<string, string>> = {
  FULFILLED: 'fulfilled',
  PARTIALLY_FULFILLED: 'partial',
  RESTOCKED: 'restocked',
};

function personOf(order: OrderNode): OrderFact['person'] {
  const { customer } = order;
  return toPerson({
    customer: customer && {
      id: null,
      admin_graphql_api_id: shopifyId.parse(customer.id),
      email: customer.defaultEmailAddress?.emailAddress ?? null,
      phone: customer.defaultPhoneNumber?.phoneNumber ?? null,
      first_name: customer.firstName,
      last_name: customer.lastName,
    },
    email: order.email,
    phone: order.phone,
    locale: order.customerLocale,
    addresses: [addressOf(order)],
    seenAt: order.processedAt,
  });
}

/** As webhooks say it. */
function addressOf({ shippingAddress: place }: OrderNode) {
  if (!place) return null;
  const { firstName, lastName, countryCodeV2, address1, address2, zip, city } = place;
  return {
    first_name: firstName,
    last_name: lastName,
    address1,
    address2,
    zip,
    city,
    country_code: countryCodeV2,
  };
}

/** The Admin API tells what was tipped and not which lines that was: those without a product that come to as much. */
function tipsAmong(lines: LineNode[], total: string): Set<LineNode> {
  const tipped = decimal(total);
  if (tipped.isZero()) return new Set();
  const amountOf = (line: LineNode) =>
    decimal(line.originalUnitPriceSet.shopMoney.amount).times(line.quantity);
  const candidates = lines.filter(({ product, isGiftCard }) => product === null && !isGiftCard);
  const one = candidates.find((line) => amountOf(line).equals(tipped));
  if (one) return new Set([one]);
  return new Set(sum(candidates.map(amountOf)).equals(tipped) ? candidates : []);
}

function toLine(line: LineNode, isTip: boolean): OrderLineFact {
  return {
    id: line.id,
    productId: line.product ? shopifyId.parse(line.product.id) : null,
    variantId: line.variant ? shopifyId.parse(line.variant.id) : null,
    title: line.title,
    sku: line.sku || null,
    quantity: line.quantity,
    currentQuantity: line.currentQuantity,
    price: line.originalUnitPriceSet.shopMoney.amount,
    discount: sum(
      line.discountAllocations.map((entry) => entry.allocatedAmountSet.shopMoney.amount),
    ).toString(),
    tax: sum(line.taxLines.map((entry) => entry.priceSet.shopMoney.amount)).toString(),
    isGiftCard: line.isGiftCard || isTip,
  };
}

/** Codes with what they took off lines. A code for free shipping touches no line: it is named with 0. */
function discountCodesOf(order: OrderNode, lines: LineNode[]): OrderFact['discountCodes'] {
  const allocations = lines.flatMap((line) => line.discountAllocations);
  return order.discountCodes.map((code) => {
    const own = allocations.filter(
      ({ discountApplication }) =>
        'code' in discountApplication && discountApplication.code.toLowerCase() === code.toLowerCase(),
    );
    const [first] = own;
    const application = first && 'code' in first.discountApplication ? first.discountApplication : null;
    const kind = !application
      ? 'shipping'
      : application.value.__typename === 'PricingPercentageValue'
        ? 'percentage'
        : 'fixed_amount';
    return {
      code,
      kind,
      amount: sum(own.map((entry) => entry.allocatedAmountSet.shopMoney.amount)).toString(),
    };
  });
}

type AnyNode = NonNullable<z.infer<typeof operations.refundDetails.result>['nodes'][number]>;
export type RefundNode = Extract<AnyNode, { id: string }>;

/** A refund as the Admin API tells it; money to the customer is positive in a fact. */
export function readRefundNode(refund: RefundNode): RefundFact {
  const lines = refund.refundLineItems.nodes.map((line) => ({
    id: shopifyId.parse(line.id ?? line.lineItem.id),
    orderLineId: shopifyId.parse(line.lineItem.id),
    quantity: line.quantity,
    subtotal: line.subtotalSet.shopMoney.amount,
    tax: line.totalTaxSet.shopMoney.amount,
  }));
  const shipping = refund.refundShippingLines.nodes;
  // Pending ones too: see payloads/refund.ts. Refunded shipping has no reason, and is told by itself.
  const discrepancies = refund.orderAdjustments.nodes.filter(({ reason }) => reason !== null);
  return {
    id: shopifyId.parse(refund.id),
    orderId: shopifyId.parse(refund.order.id),
    processedAt: moment.parse(refund.processedAt),
    lines,
    shipping: sum(shipping.map((line) => line.subtotalAmountSet.shopMoney.amount)).toString(),
    adjustments: sum(discrepancies.map((entry) => entry.amountSet.shopMoney.amount))
      .negated()
      .toString(),
    tax: sum([
      ...lines.map((line) => line.tax),
      ...shipping.map((line) => line.taxAmountSet.shopMoney.amount),
    ]).toString(),
    restocked: refund.refundLineItems.nodes.some((line) => line.restocked),
  };
}
