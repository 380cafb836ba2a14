-- What is said of a line whose product, or its collections, nobody told of yet holds until then: these lines wait, and their orders
-- are judged again.
ALTER TABLE order_line_earns ADD COLUMN product_id bigint, ADD COLUMN waits_for text CHECK (waits_for IN ('product', 'collections')),
  ADD CHECK (waits_for IS NULL OR product_id IS NOT NULL);
ALTER TABLE order_line_factors ADD COLUMN product_id bigint, ADD COLUMN waits_for text CHECK (waits_for IN ('product', 'collections')),
  ADD CHECK (waits_for IS NULL OR product_id IS NOT NULL);
-- Of whose lines was something told? Nearly always none wait.
CREATE INDEX order_line_earns_waiting ON order_line_earns (shop_id, order_id, line_id) WHERE waits_for IS NOT NULL;
CREATE INDEX order_line_factors_waiting ON order_line_factors (shop_id, order_id, line_id) WHERE waits_for IS NOT NULL;
-- Without figures for the new column the planner would take every line for one that waits.
ANALYZE order_line_earns (waits_for);
ANALYZE order_line_factors (waits_for);
