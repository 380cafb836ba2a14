import { toGid } from '../../state/ids';
import { formatCents } from '../../state/money';
import {
  computeFinancialStatus,
  computeFulfillmentStatus,
  computeOrderTotals,
  computeTax,
} from '../../state/order-totals';
import type { Fulfillment, Order, OrderLine, Refund, Shop } from '../../state/model';
import { addressPayload, attributePayload, moneySet } from './common';
import { customerPayload } from './customer';

function orderLinePayload(shop: Shop, line: OrderLine) {
  const allocations =
    line.discount === 0
      ? []
      : [
          {
            amount: formatCents(line.discount),
            amount_set: moneySet(shop, line.discount),
            discount_application_index: 0,
          },
        ];
  return {
    id: line.id,
    admin_graphql_api_id: toGid('LineItem', line.id),
    attributed_staffs: [],
    current_quantity: line.currentQuantity,
    fulfillable_quantity: Math.max(0, line.currentQuantity - line.fulfilledQuantity),
    fulfillment_service: 'manual',
    fulfillment_status:
      line.fulfilledQuantity === 0
        ? null
        : line.fulfilledQuantity < line.currentQuantity
          ? 'partial'
          : 'fulfilled',
    gift_card: false,
    grams: 0,
    name: `${line.title} - ${line.variantTitle}`,
    price: formatCents(line.price),
    price_set: moneySet(shop, line.price),
    product_exists: true,
    product_id: line.productId,
    properties: [],
    quantity: line.quantity,
    requires_shipping: true,
    sku: line.sku,
    taxable: true,
    title: line.title,
    total_discount: '0.00',
    total_discount_set: moneySet(shop, 0),
    variant_id: line.variantId,
    variant_inventory_management: 'shopify',
    variant_title: line.variantTitle,
    vendor: line.vendor,
    tax_lines: taxLines(shop, line.price * line.quantity - line.discount),
    duties: [],
    discount_allocations: allocations,
  };
}

function taxLines(shop: Shop, amount: number) {
  if (shop.taxPercent === 0) return [];
  const tax = computeTax(shop, amount);
  return [
    {
      price: formatCents(tax),
      rate: shop.taxPercent / 100,
      title: 'VAT',
      price_set: moneySet(shop, tax),
      channel_liable: false,
    },
  ];
}

export function refundPayload(shop: Shop, order: Order, refund: Refund) {
  const adjustments = [
    ...(refund.shipping === 0
      ? []
      : [{ kind: 'shipping_refund', reason: 'Shipping refund', amount: -refund.shipping }]),
    ...(refund.adjustment === 0
      ? []
      : [{ kind: 'refund_discrepancy', reason: 'Refund discrepancy', amount: -refund.adjustment }]),
  ];
  return {
    id: refund.id,
    admin_graphql_api_id: toGid('Refund', refund.id),
    order_id: order.id,
    created_at: refund.createdAt,
    note: refund.note,
    processed_at: refund.createdAt,
    restock: true,
    user_id: null,
    duties: [],
    total_duties_set: moneySet(shop, 0),
    return: null,
    refund_shipping_lines: [],
    order_adjustments: adjustments.map((adjustment, index) => ({
      id: refund.adjustmentId + BigInt(index),
      order_id: order.id,
      refund_id: refund.id,
      amount: formatCents(adjustment.amount),
      amount_set: moneySet(shop, adjustment.amount),
      kind: adjustment.kind,
      reason: adjustment.reason,
      tax_amount: '0.00',
      tax_amount_set: moneySet(shop, 0),
    })),
    transactions: refund.amount === 0 ? [] : [refundTransactionPayload(shop, order, refund)],
    refund_line_items: refund.lines.flatMap((line) => {
      const orderLine = order.lines.find(({ id }) => id === line.lineId);
      if (orderLine === undefined) return [];
      const tax = computeTax(shop, line.subtotal);
      return [
        {
          id: line.id,
          line_item_id: line.lineId,
          location_id: null,
          quantity: line.quantity,
          restock_type: 'return',
          subtotal: Number(formatCents(line.subtotal)),
          subtotal_set: moneySet(shop, line.subtotal),
          total_tax: Number(formatCents(tax)),
          total_tax_set: moneySet(shop, tax),
          line_item: orderLinePayload(shop, orderLine),
        },
      ];
    }),
  };
}

function refundTransactionPayload(shop: Shop, order: Order, refund: Refund) {
  return {
    id: refund.transactionId,
    admin_graphql_api_id: toGid('OrderTransaction', refund.transactionId),
    order_id: order.id,
    amount: formatCents(refund.amount),
    currency: shop.currency,
    created_at: refund.createdAt,
    processed_at: refund.createdAt,
    gateway: 'bogus',
    kind: 'refund',
    parent_id: order.saleTransactionId,
    status: 'success',
    test: true,
    message: 'Bogus Gateway: Forced success',
    source_name: 'web',
  };
}

export function fulfillmentPayload(shop: Shop, order: Order, fulfillment: Fulfillment) {
  return {
    id: fulfillment.id,
    admin_graphql_api_id: toGid('Fulfillment', fulfillment.id),
    order_id: order.id,
    name: fulfillment.name,
    status: 'success',
    service: 'manual',
    shipment_status: fulfillment.deliveredAt === null ? null : 'delivered',
    location_id: null,
    created_at: fulfillment.createdAt,
    updated_at: fulfillment.updatedAt,
    tracking_company: fulfillment.trackingCompany,
    tracking_number: fulfillment.trackingNumber,
    tracking_numbers: [fulfillment.trackingNumber],
    tracking_url: null,
    tracking_urls: [],
    email: order.email,
    destination: addressPayload(order.address),
    origin_address: {},
    receipt: {},
    line_items: fulfillment.lines.flatMap((line) => {
      const orderLine = order.lines.find(({ id }) => id === line.lineId);
      return orderLine === undefined
        ? []
        : [{ ...orderLinePayload(shop, orderLine), quantity: line.quantity }];
    }),
  };
}

function totalsPayload(shop: Shop, order: Order): Readonly<Record<string, unknown>> {
  const totals = computeOrderTotals(shop, order);
  const amounts: Record<string, number> = {
    current_subtotal_price: totals.currentSubtotal,
    current_total_discounts: totals.currentDiscounts,
    current_total_price: totals.currentTotal,
    current_total_tax: totals.currentTax,
    subtotal_price: totals.subtotal,
    total_discounts: totals.discounts,
    total_line_items_price: totals.lines,
    total_price: totals.total,
    total_tax: totals.tax,
  };
  const all: Record<string, unknown> = {};
  for (const [name, cents] of Object.entries(amounts)) {
    all[name] = formatCents(cents);
    all[`${name}_set`] = moneySet(shop, cents);
  }
  return {
    ...all,
    current_shipping_price_set: moneySet(shop, totals.currentShipping),
    total_shipping_price_set: moneySet(shop, totals.shipping),
    total_outstanding: formatCents(order.cancelledAt === null ? Math.max(0, totals.total - order.paid) : 0),
    total_tip_received: '0.00',
  };
}

function discountPayload(order: Order) {
  if (order.discount === null) return { discount_codes: [], discount_applications: [] };
  const { code, kind, value, amount } = order.discount;
  const isShipping = kind === 'free_shipping';
  return {
    discount_codes: [{ code, amount: formatCents(amount), type: isShipping ? 'shipping' : kind }],
    discount_applications: [
      {
        target_type: isShipping ? 'shipping_line' : 'line_item',
        type: 'discount_code',
        value: kind === 'fixed_amount' ? formatCents(value) : value.toFixed(1),
        value_type: isShipping ? 'percentage' : kind,
        allocation_method: isShipping ? 'each' : 'across',
        target_selection: 'all',
        code,
      },
    ],
  };
}

export function orderPayload(shop: Shop, order: Order, statusUrl: string) {
  const customer = shop.customers.find(({ id }) => id === order.customerId);
  const address = addressPayload(order.address);
  return {
    id: order.id,
    admin_graphql_api_id: toGid('Order', order.id),
    app_id: 580111,
    browser_ip: null,
    buyer_accepts_marketing: order.acceptsMarketing,
    cancel_reason: order.cancelReason,
    cancelled_at: order.cancelledAt,
    cart_token: order.cartToken,
    checkout_token: order.checkoutToken,
    client_details: null,
    closed_at: order.closedAt,
    confirmed: true,
    contact_email: order.email,
    created_at: order.createdAt,
    currency: shop.currency,
    presentment_currency: shop.currency,
    customer_locale: order.locale,
    ...discountPayload(order),
    ...totalsPayload(shop, order),
    email: order.email,
    financial_status: computeFinancialStatus(shop, order),
    fulfillment_status: computeFulfillmentStatus(order),
    landing_site: order.landingSite,
    name: `#${order.number}`,
    note: order.note,
    note_attributes: attributePayload(order.attributes),
    number: order.number - 1000,
    order_number: order.number,
    order_status_url: statusUrl,
    payment_gateway_names: ['bogus'],
    phone: null,
    processed_at: order.processedAt,
    referring_site: order.referringSite,
    source_identifier: null,
    source_name: 'web',
    tags: order.tags.join(', '),
    tax_lines: taxLines(shop, computeOrderTotals(shop, order).total),
    taxes_included: true,
    test: false,
    token: order.checkoutToken,
    total_weight: 0,
    updated_at: order.updatedAt,
    user_id: null,
    billing_address: address,
    shipping_address: address,
    customer: customer === undefined ? null : customerPayload(shop, customer),
    fulfillments: order.fulfillments.map((fulfillment) => fulfillmentPayload(shop, order, fulfillment)),
    line_items: order.lines.map((line) => orderLinePayload(shop, line)),
    payment_terms: null,
    refunds: order.refunds.map((refund) => refundPayload(shop, order, refund)),
    shipping_lines:
      order.shipping === 0
        ? []
        : [
            {
              id: order.id,
              code: 'Standard',
              title: 'Standard',
              price: formatCents(order.shipping),
              price_set: moneySet(shop, order.shipping),
              source: 'shopify',
              tax_lines: [],
              discount_allocations: [],
            },
          ],
  };
}
