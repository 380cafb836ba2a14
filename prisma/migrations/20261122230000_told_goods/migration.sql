-- What goods earn an affiliate by a rate of their own may become known after the order: the product is told late, its
-- collections by the next import. Orders say what they wait to hear of, and are judged again once it is told.
ALTER TABLE affiliate_orders
  ADD COLUMN open_products bigint[] DEFAULT ARRAY[]::bigint[],
  ADD COLUMN open_collections bigint[] DEFAULT ARRAY[]::bigint[],
  ADD COLUMN told_at timestamptz(3);
-- Told of products: which orders waited for that? Nearly always none.
CREATE INDEX affiliate_orders_open ON affiliate_orders (shop_id, order_id) WHERE open_products <> '{}' OR open_collections <> '{}';
-- Orders to be judged again, and the shops that have some.
CREATE INDEX affiliate_orders_told ON affiliate_orders (shop_id, told_at) WHERE told_at IS NOT NULL;
-- Orders whose rule has rates and whose lines were not all judged yet wait from now on too.
UPDATE affiliate_orders o SET open_products = w.unknown, open_collections = w.loose
FROM (
  SELECT o.shop_id, o.order_id,
    coalesce(array_agg(DISTINCT l.product_id) FILTER (WHERE p.id IS NULL), '{}') AS unknown,
    coalesce(array_agg(DISTINCT l.product_id) FILTER (WHERE p.id IS NOT NULL AND p.collection_ids IS NULL), '{}') AS loose
  FROM affiliate_orders o
  JOIN affiliate_rules r ON r.shop_id = o.shop_id AND r.group_id = o.group_id AND r.version = o.rule_version AND r.rates <> '[]'
  JOIN order_lines l ON l.shop_id = o.shop_id AND l.order_id = o.order_id AND NOT l.is_gift_card AND l.product_id IS NOT NULL
  LEFT JOIN products p ON p.shop_id = l.shop_id AND p.id = l.product_id
  WHERE NOT o.line_rates ? l.id::text
  GROUP BY o.shop_id, o.order_id) w
WHERE o.shop_id = w.shop_id AND o.order_id = w.order_id;
