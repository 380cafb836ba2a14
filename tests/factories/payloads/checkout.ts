/** Checkouts (no `id` since 2026-04) and carts as Shopify's webhooks carry them. */
export function checkoutPayload(
  input: {
    token?: string;
    email?: string | null;
    updatedAt?: string;
    overrides?: Record<string, unknown>;
  } = {},
): Record<string, unknown> {
  const token = input.token ?? 'checkout-1';
  return {
    token,
    cart_token: `cart-of-${token}`,
    email: input.email === undefined ? 'anna@example.com' : input.email,
    phone: null,
    customer_locale: 'de-DE',
    currency: 'EUR',
    presentment_currency: 'EUR',
    total_price: '98.00',
    line_items: [
      {
        key: 'a',
        product_id: 301,
        variant_id: 401,
        title: 'Linen shirt',
        presentment_title: 'Leinenhemd',
        presentment_variant_title: 'M',
        quantity: 2,
        price: '49.00',
        line_price: '98.00',
      },
    ],
    abandoned_checkout_url: `https://shop.example/checkouts/${token}/recover`,
    buyer_accepts_marketing: false,
    shipping_address: [],
    billing_address: [],
    created_at: '2026-05-01T10:00:00+02:00',
    updated_at: input.updatedAt ?? '2026-05-01T10:05:00+02:00',
    completed_at: null,
    ...input.overrides,
  };
}

export function cartPayload(
  input: { token?: string; updatedAt?: string; overrides?: Record<string, unknown> } = {},
): Record<string, unknown> {
  const token = input.token ?? 'cart-1';
  return {
    id: token,
    token,
    line_items: [
      {
        id: 401,
        product_id: 301,
        variant_id: 401,
        title: 'Linen shirt',
        quantity: 2,
        price: '49.00',
        line_price: '98.00',
      },
    ],
    note: null,
    created_at: '2026-05-01T10:00:00.000Z',
    updated_at: input.updatedAt ?? '2026-05-01T10:05:00.000Z',
    ...input.overrides,
  };
}
