import { html, jsonScript, type Html } from '../http/html';
import { computeCheckoutTotals } from '../state/checkout-totals';
import { computeTax } from '../state/order-totals';
import { toGid } from '../state/ids';
import { formatCents } from '../state/money';
import type { Checkout, Shop } from '../state/model';
import type { Store } from '../store';
import { findVariant } from '../webhooks/payloads/common';
import { readSettings, readTranslations } from './extension-bundle';

/** The page around the checkout extension: what Shopify would hand it, as data, and its bundle. */
export function extensionPage(store: Store, shop: Shop, checkout: Checkout): Html {
  const totals = computeCheckoutTotals(shop, checkout, store.clock.now());
  const money = (cents: number) => ({ amount: Number(formatCents(cents)), currencyCode: shop.currency });
  const base = `/shop/${shop.domain}/checkouts/${checkout.token}`;
  const data = {
    base,
    appUrl: store.options.appUrl,
    shop: {
      id: toGid('Shop', shop.id),
      name: shop.name,
      myshopifyDomain: shop.domain,
      storefrontUrl: `${store.url}/shop/${shop.domain}`,
    },
    checkoutToken: checkout.token,
    currency: shop.currency,
    locale: checkout.locale,
    timezone: shop.ianaTimezone,
    countryCode: shop.countryCode,
    customer:
      checkout.loggedIn && checkout.customerId !== null
        ? { id: toGid('Customer', checkout.customerId) }
        : null,
    email: checkout.email,
    cost: {
      subtotal: money(totals.subtotal),
      shipping: money(totals.shipping),
      tax: money(computeTax(shop, totals.total)),
      total: money(totals.total),
    },
    discountCode: checkout.discountCode,
    attributes: checkout.attributes.map(({ name, value }) => ({ key: name, value })),
    settings: readSettings(store.options),
    translations: readTranslations(store.options, checkout.locale),
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
          },
          attributes: [],
          discountAllocations: [],
        },
      ];
    }),
  };
  return html`<html lang="${checkout.locale}">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width" />
      <title>Extension</title>
      <link rel="stylesheet" href="/assets/extension.css" />
    </head>
    <body>
      ${jsonScript('extension-data', data)}
      <script src="/extension-host.js"></script>
      <script src="/extensions/loyalty-checkout.js"></script>
    </body>
  </html>`;
}
