export { createShopifyClients, unclear, type ShopifyClient } from './client.server';
export { readSessionToken } from './read-session-token.server';
export { shopifyClient } from './shopify-client.server';
export { throwUserErrors } from './user-errors';
export * as operations from './operations.generated';
