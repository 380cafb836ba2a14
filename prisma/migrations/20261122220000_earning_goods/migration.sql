-- Only these goods earn, or all but these.
ALTER TABLE earn_rules
  ADD COLUMN scope text NOT NULL DEFAULT 'all' CHECK (scope IN ('all', 'products', 'collections', 'tags')),
  ADD COLUMN all_but boolean NOT NULL DEFAULT false,
  ADD COLUMN product_ids bigint[],
  ADD COLUMN collection_ids bigint[],
  ADD COLUMN tags text[];

-- Whether a line of an order earns by a version of the rule, written down when the line was first seen and its product was
-- known. Only of orders whose version has a list of goods.
CREATE TABLE order_line_earns (
  shop_id integer NOT NULL,
  order_id bigint NOT NULL,
  line_id bigint NOT NULL,
  version integer NOT NULL,
  earns boolean NOT NULL,
  PRIMARY KEY (shop_id, order_id, line_id, version)
);
SELECT perennial_protect('order_line_earns');
ALTER TABLE order_line_earns ALTER COLUMN shop_id SET STATISTICS 0;
