/** Orders, refunds and fulfillments as Shopify's webhooks carry them. Only what a test cares about needs saying. */
export const shopMoney = (amount: string, currency = 'EUR') => ({
  shop_money: { amount, currency_code: currency },
  presentment_money: { amount, currency_code: currency },
});

const gid = (type: string, id: string | number | bigint) => `gid://shopify/${type}/${id}`;

export interface OrderPayloadInput {
  id?: string;
  customerId?: string | null;
  email?: string | null;
  total?: string;
  updatedAt?: string;
  overrides?: Record<string, unknown>;
}

export function orderPayload(input: OrderPayloadInput = {}): Record<string, unknown> {
  const id = input.id ?? '5001';
  const total = input.total ?? '50.00';
  const customerId = input.customerId === undefined ? '7001' : input.customerId;
  const email = input.email === undefined ? 'Anna@Example.com ' : input.email;
  const updatedAt = input.updatedAt ?? '2026-05-01T12:00:00+02:00';
  return {
    id: Number(id),
    admin_graphql_api_id: gid('Order', id),
    name: `#${id}`,
    email,
    contact_email: email,
    phone: null,
    customer:
      customerId === null
        ? null
        : {
            id: Number(customerId),
            admin_graphql_api_id: gid('Customer', customerId),
            email,
            phone: null,
            first_name: 'Anna',
            last_name: 'Berg',
          },
    checkout_token: `checkout-${id}`,
    cart_token: `cart-${id}`,
    currency: 'EUR',
    presentment_currency: 'EUR',
    total_price: total,
    total_price_set: shopMoney(total),
    total_tax: '0.00',
    total_tax_set: shopMoney('0.00'),
    total_discounts: '0.00',
    total_discounts_set: shopMoney('0.00'),
    total_shipping_price_set: shopMoney('0.00'),
    shipping_lines: [],
    taxes_included: true,
    financial_status: 'paid',
    fulfillment_status: null,
    test: false,
    source_name: 'web',
    customer_locale: 'de',
    tags: 'vip, first',
    line_items: [linePayload({ id: `${id}1`, price: total })],
    discount_codes: [],
    refunds: [],
    shipping_address: [],
    billing_address: null,
    created_at: '2026-05-01T12:00:00+02:00',
    processed_at: '2026-05-01T12:00:00+02:00',
    updated_at: updatedAt,
    cancelled_at: null,
    cancel_reason: null,
    ...input.overrides,
  };
}

export function linePayload(input: {
  id: string;
  price?: string;
  quantity?: number;
  overrides?: Record<string, unknown>;
}): Record<string, unknown> {
  const price = input.price ?? '50.00';
  return {
    id: Number(input.id),
    admin_graphql_api_id: gid('LineItem', input.id),
    product_id: 301,
    variant_id: 401,
    title: 'Linen shirt',
    sku: 'SHIRT',
    quantity: input.quantity ?? 1,
    current_quantity: input.quantity ?? 1,
    price,
    price_set: shopMoney(price),
    total_discount: '0.00',
    discount_allocations: [],
    tax_lines: [],
    gift_card: false,
    ...input.overrides,
  };
}

export function refundPayload(input: {
  id: string;
  orderId: string;
  lineId?: string;
  subtotal?: string;
  overrides?: Record<string, unknown>;
}): Record<string, unknown> {
  return {
    id: Number(input.id),
    admin_graphql_api_id: gid('Refund', input.id),
    order_id: Number(input.orderId),
    created_at: '2026-05-03T12:00:00+02:00',
    processed_at: '2026-05-03T12:00:00+02:00',
    restock: true,
    refund_line_items: [
      {
        id: Number(`${input.id}1`),
        line_item_id: Number(input.lineId ?? `${input.orderId}1`),
        quantity: 1,
        subtotal: Number(input.subtotal ?? '50.00'),
        subtotal_set: shopMoney(input.subtotal ?? '50.00'),
        total_tax: 0,
        total_tax_set: shopMoney('0.00'),
        restock_type: 'return',
      },
    ],
    order_adjustments: [],
    ...input.overrides,
  };
}

export function fulfillmentPayload(input: {
  id: string;
  orderId: string;
  overrides?: Record<string, unknown>;
}): Record<string, unknown> {
  return {
    id: Number(input.id),
    admin_graphql_api_id: gid('Fulfillment', input.id),
    order_id: Number(input.orderId),
    status: 'success',
    shipment_status: null,
    created_at: '2026-05-02T12:00:00+02:00',
    updated_at: '2026-05-02T12:00:00+02:00',
    ...input.overrides,
  };
}
