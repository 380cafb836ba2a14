import type { CheckoutFact } from '~/modules/carts/types';
import type { CustomerFact, PersonRef } from '~/modules/customers/types';
import type { OrderFact, OrderLineFact, ProductFact, RefundFact } from '~/modules/orders/types';

/** May 1st, 2026, 10:00 UTC, plus minutes. */
export function minute(minutes: number): Date {
  return new Date(Date.UTC(2026, 4, 1, 10, minutes));
}

/** A customer as Shopify tells it; known by `id` and, unless told otherwise, by an address made of it. */
export function customerFact(id: bigint, overrides: Partial<CustomerFact> = {}): CustomerFact {
  return {
    shopifyCustomerId: id,
    email: `customer${id}@example.com`,
    phone: null,
    firstName: 'Ada',
    lastName: `No ${id}`,
    createdAt: minute(0),
    updatedAt: minute(0),
    ...overrides,
  };
}

export function person(overrides: Partial<PersonRef> = {}): PersonRef {
  return { shopifyCustomerId: null, email: null, phone: null, seenAt: minute(0), ...overrides };
}

export function guest(email: string, overrides: Partial<PersonRef> = {}): PersonRef {
  return person({ email, ...overrides });
}

export function orderLine(overrides: Partial<OrderLineFact> = {}): OrderLineFact {
  return {
    id: 1n,
    productId: 10n,
    variantId: 100n,
    title: 'Fern',
    sku: 'FERN',
    quantity: 1,
    currentQuantity: 1,
    price: '100.00',
    discount: '0',
    tax: '0',
    isGiftCard: false,
    ...overrides,
  };
}

/** A paid order of one fern for 100.00, by nobody. */
export function orderFact(id: bigint, overrides: Partial<OrderFact> = {}): OrderFact {
  return {
    id,
    name: `#${id}`,
    person: null,
    email: overrides.person?.email ?? null,
    phone: overrides.person?.phone ?? null,
    checkoutToken: null,
    cartToken: null,
    currency: 'EUR',
    presentmentCurrency: 'EUR',
    presentmentTotal: '100.00',
    shipping: '0',
    tax: '0',
    taxesIncluded: false,
    discounts: '0',
    total: '100.00',
    financialStatus: 'paid',
    fulfillmentStatus: null,
    test: false,
    sourceName: 'web',
    locale: null,
    tags: [],
    lines: [orderLine()],
    discountCodes: [],
    refunds: [],
    processedAt: minute(0),
    updatedAt: minute(0),
    cancelledAt: null,
    cancelReason: null,
    ...overrides,
  };
}

/** A refund of the whole line of `orderFact`. */
export function refundFact(id: bigint, orderId: bigint, overrides: Partial<RefundFact> = {}): RefundFact {
  return {
    id,
    orderId,
    processedAt: minute(30),
    lines: [{ id: 1n, orderLineId: 1n, quantity: 1, subtotal: '100.00', tax: '0' }],
    shipping: '0',
    adjustments: '0',
    tax: '0',
    restocked: true,
    ...overrides,
  };
}

export function productFact(id: bigint, overrides: Partial<ProductFact> = {}): ProductFact {
  return {
    id,
    title: 'Fern',
    handle: 'fern',
    productType: 'Plant',
    vendor: 'Perennial',
    status: 'active',
    imageUrl: null,
    tags: [],
    updatedAt: minute(0),
    variants: [{ id: id * 10n, title: 'Small', sku: 'FERN', price: '100.00', imageUrl: null }],
    ...overrides,
  };
}

/** A checkout of one fern, by nobody. */
export function checkoutFact(token: string, overrides: Partial<CheckoutFact> = {}): CheckoutFact {
  return {
    token,
    kind: 'checkout',
    cartToken: null,
    person: null,
    locale: 'en',
    currency: 'EUR',
    presentmentCurrency: 'EUR',
    total: '100.00',
    presentmentTotal: '100.00',
    lines: [
      {
        variantId: '100',
        productId: '10',
        title: 'Fern',
        variantTitle: 'Small',
        quantity: 1,
        price: '100.00',
        imageUrl: null,
      },
    ],
    recoveryUrl: `https://shop.example/recover/${token}`,
    acceptsMarketing: false,
    createdAt: minute(0),
    updatedAt: minute(0),
    completedAt: null,
    ...overrides,
  };
}
