import { Prisma } from '~/platform/db/index.server';

/** That what a line `w` waits for (of `order_line_earns` or `order_line_factors`) was told. */
export const goodsTold = Prisma.sql`w.waits_for IS NOT NULL AND EXISTS (
  SELECT 1 FROM products p WHERE p.shop_id = w.shop_id AND p.id = w.product_id
    AND (w.waits_for = 'product' OR p.collection_ids IS NOT NULL))`;
