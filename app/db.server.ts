// Where a Shopify developer looks first. The clients live in platform/db; tenant work goes through `withShop`.
export { prisma } from './platform/db/prisma.server';
export { withShop } from './platform/db/with-shop.server';
