import type { Facts } from './facts';
import { readBulkOperation } from './payloads/bulk-operation';
import { readCart } from './payloads/cart';
import { readCheckout, readCheckoutDeleted } from './payloads/checkout';
import { readCustomerRedact, readDataRequest, readShopRedact } from './payloads/compliance';
import { readConsent } from './payloads/consent';
import { readCollection, readCollectionDeleted } from './payloads/collection';
import type { DeliveryContext } from './payloads/context';
import {
  readCustomer,
  readCustomerDeleted,
  readMerge,
  readTagsAdded,
  readTagsRemoved,
} from './payloads/customer';
import { readDiscount } from './payloads/discount';
import { readFulfillment } from './payloads/fulfillment';
import { readOrder, readOrderDeleted } from './payloads/order';
import { readProduct, readProductDeleted } from './payloads/product';
import { readRefund } from './payloads/refund';
import { readScopes, readShop, readUninstalled } from './payloads/shop';

export interface Topic {
  /** The list of `Facts` it fills; null when there is nothing in it that another topic does not tell better. */
  kind: keyof Facts | null;
  /** The file to open when one asks "what happens then?". `shopify.app.toml` names the same one, by test. */
  handler: string;
  /** Processed whatever the state of the shop: before the install is complete, and after the end. */
  always: boolean;
  /** Reads the payload into its list. Throws when the payload is not what it should be. */
  collect: (facts: Facts, payload: unknown, context: DeliveryContext) => void;
}

type Read<K extends keyof Facts> = (payload: unknown, context: DeliveryContext) => Facts[K];

function topic<K extends keyof Facts>(
  kind: K,
  read: Read<K>,
  handler: string,
  options: { always?: boolean } = {},
): Topic {
  const collect = (facts: Facts, payload: unknown, context: DeliveryContext) => {
    const into: unknown[] = facts[kind];
    into.push(...read(payload, context));
  };
  return { kind, handler: `app/${handler}.server.ts`, always: options.always ?? false, collect };
}

const always = { always: true };
const order = topic('orders', readOrder, 'processes/orders-changed');
const customer = topic('customers', readCustomer, 'processes/customers-changed');
const product = topic('products', readProduct, 'processes/products-changed');
const collection = topic('collections', readCollection, 'processes/collections-changed');
const fulfillment = topic('fulfillments', readFulfillment, 'processes/fulfillments-changed');
const checkout = topic('checkouts', readCheckout, 'processes/checkouts-changed');
const cart = topic('carts', readCart, 'processes/carts-changed');

// Only names what was edited; `orders/updated` comes with the whole order.
const orderEdited: Topic = { ...order, kind: null, collect: () => {} };

/** Every topic of `shopify.app.toml`: what reads it and what it sets off. Another topic is kept as `ignored`. */
export const topics: Readonly<Record<string, Topic>> = {
  'orders/create': order,
  'orders/updated': order,
  'orders/paid': order,
  'orders/edited': orderEdited,
  'orders/cancelled': order,
  'orders/fulfilled': order,
  'orders/delete': topic('orderDeletions', readOrderDeleted, 'processes/orders-deleted'),
  'refunds/create': topic('refunds', readRefund, 'processes/refunds-created'),
  'fulfillments/create': fulfillment,
  'fulfillments/update': fulfillment,
  'customers/create': customer,
  'customers/update': customer,
  'customers/delete': topic('customers', readCustomerDeleted, 'processes/customers-changed'),
  'customer.tags_added': topic('customerTags', readTagsAdded, 'processes/customer-tags-changed'),
  'customer.tags_removed': topic('customerTags', readTagsRemoved, 'processes/customer-tags-changed'),
  'customers/merge': topic('merges', readMerge, 'processes/customers-merged'),
  'customers_email_marketing_consent/update': topic('consents', readConsent, 'processes/consent-changed'),
  'checkouts/create': checkout,
  'checkouts/update': checkout,
  'checkouts/delete': topic('checkouts', readCheckoutDeleted, 'processes/checkouts-changed'),
  'carts/create': cart,
  'carts/update': cart,
  'products/create': product,
  'products/update': product,
  'products/delete': topic('products', readProductDeleted, 'processes/products-changed'),
  'collections/create': collection,
  'collections/update': collection,
  'collections/delete': topic('collections', readCollectionDeleted, 'processes/collections-changed'),
  'discounts/update': topic('discountChanges', readDiscount, 'processes/discounts-changed'),
  'discounts/delete': topic('discountDeletions', readDiscount, 'processes/discounts-deleted'),
  'app/uninstalled': topic('uninstalls', readUninstalled, 'processes/app-uninstalled', always),
  'app/scopes_update': topic('shop', readScopes, 'processes/shop-changed'),
  'shop/update': topic('shop', readShop, 'processes/shop-changed'),
  'bulk_operations/finish': topic('bulkOperations', readBulkOperation, 'ingest/backfill'),
  'customers/data_request': topic('dataRequests', readDataRequest, 'processes/data-requested', always),
  'customers/redact': topic('customerRedactions', readCustomerRedact, 'processes/customer-redacted', always),
  'shop/redact': topic('shopRedactions', readShopRedact, 'processes/shop-redacted', always),
};

export const alwaysProcessed = Object.keys(topics).filter((name) => topics[name]?.always);
