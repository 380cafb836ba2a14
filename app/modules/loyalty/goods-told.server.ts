import { Prisma } from '~/platform/db/index.server';

/** That what a line `w` waits for (of `order_line_earns` or `order_line_factors`) was told. */
export const goodsTold = Prisma.sql`w.waits_for IS NOT NULL AND EXISTS (
  SELECT 1 FROM order_lines l JOIN products p ON p.shop_id = l.shop_id AND p.id = l.product_id
  WHERE l.shop_id = w.shop_id AND l.order_id = w.order_id AND l.id = w.line_id
    AND (w.waits_for = 'product' OR p.collection_ids IS NOT NULL))`;
