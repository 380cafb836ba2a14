-- Certain goods earn an affiliate another rate than the rest. The rates are part of a version of a group's rule, which never
-- changes; which of them a line of an order earns by is written down when the line is first judged, because tags change.
ALTER TABLE affiliate_rules ADD COLUMN rates jsonb NOT NULL DEFAULT '[]'
  CONSTRAINT affiliate_rules_rates CHECK (jsonb_typeof(rates) = 'array');
ALTER TABLE affiliate_orders ADD COLUMN line_rates jsonb NOT NULL DEFAULT '{}'
  CONSTRAINT affiliate_orders_line_rates CHECK (jsonb_typeof(line_rates) = 'object');
