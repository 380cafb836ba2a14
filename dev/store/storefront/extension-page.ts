import { html, jsonScript, type Html } from '../http/html';
import { computeCheckoutTotals } from '../state/checkout-totals';
import { computeTax } from '../state/order-totals';
import { toGid } from '../state/ids';
import { formatCents } from '../state/money';
import type { Checkout, Customer, Order, Shop } from '../state/model';
import type { Store } from '../store';
import { findVariant } from '../webhooks/payloads/common';
import { readSettings, readTranslations, type ExtensionName } from './extension-bundle';

/** The page around the checkout extension: what Shopify would hand it, as data, and its bundle. */
export function extensionPage(store: Store, shop: Shop, checkout: Checkout): Html {
  const totals = computeCheckoutTotals(shop, checkout, store.clock.now());
  const money = (cents: number) => ({ amount: Number(formatCents(cents)), currencyCode: shop.currency });
  const checkoutData = {
    checkoutToken: checkout.token,
    email: checkout.email,
    cost: {
      subtotal: money(totals.subtotal),
      shipping: money(totals.shipping),
      tax: money(computeTax(shop, totals.total)),
      total: money(totals.total),
    },
    discountAllocations:
      totals.discount === 0 || checkout.discountCode === null
        ? []
        : [{ type: 'code', code: checkout.discountCode, discountedAmount: money(totals.discount) }],
    discountCode: checkout.discountCode,
    attributes: checkout.attributes.map(({ name, value }) => ({ key: name, value })),
    lines: checkout.lines.flatMap((line, index) => {
      const found = findVariant(shop, line.variantId);
      if (found === null) return [];
      const { product, variant } = found;
      return [
        {
          id: `gid://shopify/CartLine/${index}`,
          quantity: line.quantity,
          cost: { totalAmount: money(variant.price * line.quantity) },
          merchandise: {
            type: 'variant',
            id: toGid('ProductVariant', variant.id),
            title: product.title,
            subtitle: variant.title,
            sku: variant.sku,
            product: { id: toGid('Product', product.id), vendor: product.vendor },
            requiresShipping: true,
          },
          attributes: [],
          discountAllocations: [],
          lineComponents: [],
        },
      ];
    }),
  };
  return hostPage(store, shop, {
    target: 'purchase.checkout.block.render',
    bundle: 'loyalty-checkout',
    base: `/shop/${shop.domain}/checkouts/${checkout.token}`,
    locale: checkout.locale,
    customerId: checkout.loggedIn ? checkout.customerId : null,
    checkout: checkoutData,
  });
}

/** The page around the account extension: no checkout, but somebody who is logged in. */
export function accountExtensionPage(store: Store, shop: Shop, visitor: Customer): Html {
  return hostPage(store, shop, {
    target: 'customer-account.page.render',
    bundle: 'loyalty-account',
    base: `/shop/${shop.domain}/account`,
    locale: visitor.locale,
    customerId: visitor.id,
    checkout: null,
  });
}

/** The block on the order status page; no visitor is somebody who is not signed in. */
export function orderExtensionPage(store: Store, shop: Shop, order: Order, visitor: Customer | null): Html {
  return hostPage(store, shop, {
    target: 'customer-account.order-status.block.render',
    bundle: 'loyalty-order',
    base: `/shop/${shop.domain}/orders/${order.id}`,
    locale: visitor?.locale ?? 'en',
    customerId: visitor?.id ?? null,
    checkout: null,
    order: { id: toGid('Order', order.id), name: `#${order.number}`, processedAt: order.createdAt },
  });
}

interface Place {
  readonly target: string;
  readonly bundle: ExtensionName;
  readonly base: string;
  readonly locale: string;
  readonly customerId: bigint | null;
  readonly checkout: object | null;
  readonly order?: object;
}

function hostPage(store: Store, shop: Shop, { customerId, ...place }: Place): Html {
  const data = {
    ...place,
    appUrl: store.options.appUrl,
    shop: {
      id: toGid('Shop', shop.id),
      name: shop.name,
      myshopifyDomain: shop.domain,
      storefrontUrl: `${store.url}/shop/${shop.domain}`,
    },
    currency: shop.currency,
    timezone: shop.ianaTimezone,
    countryCode: shop.countryCode,
    customer: customerId === null ? null : { id: toGid('Customer', customerId) },
    settings: readSettings(store.options, place.bundle),
    translations: readTranslations(store.options, place.bundle, place.locale),
  };
  return html`<html lang="${place.locale}">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width" />
      <title>Extension</title>
      <link rel="stylesheet" href="/assets/extension.css" />
    </head>
    <body>
      ${jsonScript('extension-data', data)}
      <script src="/extension-host.js"></script>
      <script src="/extensions/${place.bundle}.js"></script>
    </body>
  </html>`;
}
