import { Prisma } from '~/platform/db/index.server';

/**
 * That something was told of which an order `o` waits: a product that rates ask for, or its collections. Asked of the orders
 * that wait (a small index; nearly always none), not noted by who tells: an order and its product may be told at once, and
 * neither sees the other. An aggregate, so that each order looks its few products up: joined, all of the shop's were read.
 */
export const goodsTold = Prisma.sql`(o.open_products <> '{}' OR o.open_collections <> '{}') AND (
  SELECT bool_or(p.id = ANY (o.open_products) OR p.collection_ids IS NOT NULL) FROM products p
  WHERE p.shop_id = o.shop_id AND p.id = ANY (o.open_products || o.open_collections))`;
