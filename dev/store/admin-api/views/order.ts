import { z } from 'zod';
import { orderStatusUrl, shopUrl } from '../../links';
import { toGid } from '../../state/ids';
import { formatCents } from '../../state/money';
import {
  computeFinancialStatus,
  computeFulfillmentStatus,
  computeOrderTotals,
  computeTax,
} from '../../state/order-totals';
import type { Fulfillment, Order, Refund } from '../../state/model';
import { connect } from '../connection';
import type { ApiContext, Arguments, View } from '../context';
import { search, type Searchable } from '../search-query';
import { addressView } from './address';
import { customerView } from './customer';
import { metafieldFields } from './metafield';
import { moneyBagView } from './money';
import { discountView, lineView, shippingLineView } from './order-line';

function transactionView(
  api: ApiContext,
  order: Order,
  input: { id: bigint; kind: string; amount: number; at: string },
): View {
  return {
    __typename: 'OrderTransaction',
    id: toGid('OrderTransaction', input.id),
    kind: input.kind,
    status: 'SUCCESS',
    gateway: 'bogus',
    formattedGateway: 'Bogus',
    test: true,
    amountSet: moneyBagView(api.shop, input.amount),
    createdAt: input.at,
    processedAt: input.at,
    order: () => orderView(api, order),
  };
}

function refundLineView(api: ApiContext, order: Order, line: Refund['lines'][number]): View {
  const orderLine = order.lines.find(({ id }) => id === line.lineId);
  return {
    __typename: 'RefundLineItem',
    id: toGid('RefundLineItem', line.id),
    quantity: line.quantity,
    restockType: 'RETURN',
    restocked: true,
    subtotalSet: moneyBagView(api.shop, line.subtotal),
    totalTaxSet: moneyBagView(api.shop, computeTax(api.shop, line.subtotal)),
    priceSet: moneyBagView(api.shop, orderLine?.price ?? 0),
    lineItem: orderLine === undefined ? null : () => lineView(api, order, orderLine),
  };
}

export function refundView(api: ApiContext, order: Order, refund: Refund): View {
  const adjustments = [
    ...(refund.shipping === 0 ? [] : [{ id: refund.adjustmentId, amount: -refund.shipping, reason: null }]),
    ...(refund.adjustment === 0
      ? []
      : [{ id: refund.adjustmentId + 1n, amount: -refund.adjustment, reason: 'REFUND_DISCREPANCY' }]),
  ];
  const transaction = {
    id: refund.transactionId,
    kind: 'REFUND',
    amount: refund.amount,
    at: refund.createdAt,
  };
  return {
    __typename: 'Refund',
    id: toGid('Refund', refund.id),
    legacyResourceId: refund.id.toString(),
    note: refund.note,
    createdAt: refund.createdAt,
    processedAt: refund.createdAt,
    updatedAt: refund.createdAt,
    totalRefundedSet: moneyBagView(api.shop, refund.amount),
    order: () => orderView(api, order),
    refundLineItems: (args: Arguments) =>
      connect(api, 'RefundLineItem', args, refund.lines, (line) => refundLineView(api, order, line)),
    orderAdjustments: (args: Arguments) =>
      connect(api, 'OrderAdjustment', args, adjustments, (adjustment) => ({
        __typename: 'OrderAdjustment',
        id: toGid('OrderAdjustment', adjustment.id),
        amountSet: moneyBagView(api.shop, adjustment.amount),
        taxAmountSet: moneyBagView(api.shop, 0),
        reason: adjustment.reason,
      })),
    refundShippingLines: (args: Arguments) =>
      connect(api, 'RefundShippingLine', args, refund.shipping === 0 ? [] : [refund], () => ({
        __typename: 'RefundShippingLine',
        id: toGid('RefundShippingLine', refund.id),
        subtotalAmountSet: moneyBagView(api.shop, refund.shipping),
        taxAmountSet: moneyBagView(api.shop, 0),
      })),
    transactions: (args: Arguments) =>
      connect(api, 'OrderTransaction', args, [transaction], (only) => transactionView(api, order, only)),
  };
}

function fulfillmentView(api: ApiContext, order: Order, fulfillment: Fulfillment): View {
  return {
    __typename: 'Fulfillment',
    id: toGid('Fulfillment', fulfillment.id),
    legacyResourceId: fulfillment.id.toString(),
    name: fulfillment.name,
    status: 'SUCCESS',
    displayStatus: fulfillment.deliveredAt === null ? 'FULFILLED' : 'DELIVERED',
    deliveredAt: fulfillment.deliveredAt,
    totalQuantity: fulfillment.lines.reduce((sum, { quantity }) => sum + quantity, 0),
    trackingInfo: [
      {
        __typename: 'FulfillmentTrackingInfo',
        company: fulfillment.trackingCompany,
        number: fulfillment.trackingNumber,
        url: null,
      },
    ],
    createdAt: fulfillment.createdAt,
    updatedAt: fulfillment.updatedAt,
    order: () => orderView(api, order),
    fulfillmentLineItems: (args: Arguments) =>
      connect(api, 'FulfillmentLineItem', args, fulfillment.lines, (line) => ({
        __typename: 'FulfillmentLineItem',
        id: toGid('FulfillmentLineItem', line.id),
        quantity: line.quantity,
        lineItem: () => {
          const orderLine = order.lines.find(({ id }) => id === line.lineId);
          return orderLine === undefined ? null : lineView(api, order, orderLine);
        },
      })),
  };
}

function amountFields(api: ApiContext, order: Order) {
  const totals = computeOrderTotals(api.shop, order);
  const bag = (cents: number) => moneyBagView(api.shop, cents);
  return {
    totalPriceSet: bag(totals.total),
    subtotalPriceSet: bag(totals.subtotal),
    totalDiscountsSet: bag(totals.discounts),
    totalTaxSet: bag(totals.tax),
    totalShippingPriceSet: bag(totals.shipping),
    currentTotalPriceSet: bag(totals.currentTotal),
    currentSubtotalPriceSet: bag(totals.currentSubtotal),
    currentTotalDiscountsSet: bag(totals.currentDiscounts),
    currentTotalTaxSet: bag(totals.currentTax),
    currentShippingPriceSet: bag(totals.currentShipping),
    totalRefundedSet: bag(totals.refunded),
    totalRefundedShippingSet: bag(totals.shipping - totals.currentShipping),
    totalReceivedSet: bag(order.paid),
    netPaymentSet: bag(order.paid - totals.refunded),
    totalOutstandingSet: bag(order.cancelledAt === null ? Math.max(0, totals.total - order.paid) : 0),
    originalTotalPriceSet: bag(order.paid),
    totalTipReceivedSet: bag(0),
    totalPrice: formatCents(totals.total),
    subtotalPrice: formatCents(totals.subtotal),
  };
}

export function orderView(api: ApiContext, order: Order): View {
  const gid = toGid('Order', order.id);
  const customer = api.shop.customers.find(({ id }) => id === order.customerId);
  const fulfillment = computeFulfillmentStatus(order);
  const address = addressView(order.address, order.id);
  const sale = { id: order.saleTransactionId, kind: 'SALE', amount: order.paid, at: order.createdAt };
  const refundTransactions = order.refunds.map((refund) => ({
    id: refund.transactionId,
    kind: 'REFUND',
    amount: refund.amount,
    at: refund.createdAt,
  }));
  return {
    __typename: 'Order',
    id: gid,
    legacyResourceId: order.id.toString(),
    name: `#${order.number}`,
    number: order.number,
    email: order.email,
    phone: null,
    note: order.note,
    tags: order.tags,
    test: false,
    sourceName: 'web',
    cartToken: order.cartToken,
    checkoutToken: order.checkoutToken,
    confirmationNumber: null,
    customerLocale: order.locale,
    customerAcceptsMarketing: order.acceptsMarketing,
    currencyCode: api.shop.currency,
    presentmentCurrencyCode: api.shop.currency,
    landingPageUrl: order.landingSite === null ? null : `${shopUrl(api.store, api.shop)}${order.landingSite}`,
    customAttributes: order.attributes.map(({ name, value }) => ({
      __typename: 'Attribute',
      key: name,
      value,
    })),
    discountCode: order.discount?.code ?? null,
    discountCodes: order.discount === null ? [] : [order.discount.code],
    discountApplications: (args: Arguments) =>
      connect(api, 'DiscountApplication', args, order.discount === null ? [] : [order], () => ({
        __typename: 'DiscountCodeApplication',
        ...discountView(api, order),
      })),
    displayFinancialStatus: computeFinancialStatus(api.shop, order).toUpperCase(),
    displayFulfillmentStatus:
      fulfillment === null ? 'UNFULFILLED' : fulfillment === 'partial' ? 'PARTIALLY_FULFILLED' : 'FULFILLED',
    paymentGatewayNames: ['bogus'],
    fullyPaid: order.paid > 0,
    confirmed: true,
    edited: order.edited,
    taxesIncluded: true,
    taxExempt: false,
    closed: order.closedAt !== null,
    requiresShipping: true,
    returnStatus: 'NO_RETURN',
    statusPageUrl: orderStatusUrl(api.store, api.shop, order),
    shippingAddress: address,
    billingAddress: address,
    cancelReason: order.cancelReason?.toUpperCase() ?? null,
    subtotalLineItemsQuantity: order.lines.reduce((sum, { quantity }) => sum + quantity, 0),
    currentSubtotalLineItemsQuantity: order.lines.reduce(
      (sum, { currentQuantity }) => sum + currentQuantity,
      0,
    ),
    ...amountFields(api, order),
    customer: customer === undefined ? null : () => customerView(api, customer),
    lineItems: (args: Arguments) =>
      connect(api, 'LineItem', args, order.lines, (line) => lineView(api, order, line)),
    shippingLines: (args: Arguments) =>
      connect(api, 'ShippingLine', args, order.shipping === 0 ? [] : [order], () =>
        shippingLineView(api, order),
      ),
    refunds: ({ first }: Arguments) =>
      order.refunds
        .slice(0, typeof first === 'number' ? first : undefined)
        .map((refund) => refundView(api, order, refund)),
    fulfillments: ({ first }: Arguments) =>
      order.fulfillments
        .slice(0, typeof first === 'number' ? first : undefined)
        .map((entry) => fulfillmentView(api, order, entry)),
    transactions: () =>
      [sale, ...refundTransactions].map((transaction) => transactionView(api, order, transaction)),
    createdAt: order.createdAt,
    processedAt: order.processedAt,
    updatedAt: order.updatedAt,
    cancelledAt: order.cancelledAt,
    closedAt: order.closedAt,
    ...metafieldFields(api, gid, 'ORDER'),
  };
}

const listSchema = z.object({ query: z.string().nullish(), sortKey: z.string().nullish() });

function orderFilters(api: ApiContext): Readonly<Record<string, (order: Order) => Searchable>> {
  return {
    id: ({ id }) => id,
    name: ({ number }) => `#${number}`,
    email: ({ email }) => email,
    customer_id: ({ customerId }) => customerId,
    cart_token: ({ cartToken }) => cartToken,
    checkout_token: ({ checkoutToken }) => checkoutToken,
    discount_code: ({ discount }) => discount?.code ?? null,
    tag: ({ tags }) => tags,
    test: () => false,
    financial_status: (order) => computeFinancialStatus(api.shop, order),
    status: (order) => [
      'any',
      order.cancelledAt === null ? (order.closedAt === null ? 'open' : 'closed') : 'cancelled',
    ],
    created_at: ({ createdAt }) => new Date(createdAt),
    processed_at: ({ processedAt }) => new Date(processedAt),
    updated_at: ({ updatedAt }) => new Date(updatedAt),
  };
}

export function listOrders(
  api: ApiContext,
  args: Arguments,
  orders: readonly Order[] = api.shop.orders,
): View {
  const { query, sortKey } = listSchema.parse(args);
  const found = search(orders, query ?? null, orderFilters(api));
  if (sortKey === 'UPDATED_AT') found.sort((a, b) => a.updatedAt.localeCompare(b.updatedAt));
  return connect(api, 'Order', args, found, (order) => orderView(api, order));
}
