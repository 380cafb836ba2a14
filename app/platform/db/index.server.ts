export { acrossShops } from './across-shops.server';
export { startEmbeddedPostgres } from './embedded.server';
export { migrate } from './migrate.server';
export { pool, useDatabase } from './pool.server';
export { Prisma, prisma, type Tx } from './prisma.server';
export { withShop } from './with-shop.server';
