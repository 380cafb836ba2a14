export { createShopifyClients, type Operation, type ShopifyClient, type TokenSource } from './client.server';
export { shopifyClient } from './shopify-client.server';
export { throwUserErrors } from './user-errors';
export * as operations from './operations.generated';
