-- Facts about people, orders and carts that may arrive in any order and still end in one state.

-- Who told that an address belongs to whom, and what was told about the person under this key. profiles is computed from it.
ALTER TABLE profile_identities
  ADD COLUMN rank SMALLINT NOT NULL DEFAULT 0,
  ADD COLUMN subject TEXT NOT NULL DEFAULT '',
  ADD COLUMN merged_into TEXT,
  ADD COLUMN first_seen_at TIMESTAMPTZ(3),
  ADD COLUMN told JSONB NOT NULL DEFAULT '{}';
-- An address changed hands: the phone numbers known through it follow.
CREATE INDEX profile_identities_by_subject ON profile_identities (shop_id, subject) WHERE kind = 'phone' AND rank = 1;

-- What other modules must re-point because people turned out to be one. Written and taken in the same transaction.
CREATE TABLE profile_repoints (
  shop_id INTEGER NOT NULL,
  id BIGSERIAL NOT NULL,
  kind TEXT NOT NULL,
  value TEXT,
  from_profile_id BIGINT NOT NULL,
  into_profile_id BIGINT NOT NULL,
  CONSTRAINT profile_repoints_pkey PRIMARY KEY (shop_id, id)
);
SELECT perennial_protect('profile_repoints');

ALTER TABLE orders
  ADD COLUMN fact_version TEXT NOT NULL DEFAULT '',
  ADD COLUMN paid_seen_at TIMESTAMPTZ(3),
  ADD COLUMN unpaid_seen BOOLEAN NOT NULL DEFAULT false;
-- A guest's orders, found by the address they were placed with: an address changes hands; erasure.
CREATE INDEX orders_of_guest_email ON orders (shop_id, email) WHERE shopify_customer_id IS NULL AND email IS NOT NULL;
CREATE INDEX orders_of_guest_phone ON orders (shop_id, phone) WHERE shopify_customer_id IS NULL AND email IS NULL AND phone IS NOT NULL;
ALTER TABLE order_lines ADD COLUMN net DECIMAL(20,4) NOT NULL DEFAULT 0;
-- Lines that wait for the cost of their variant to become known.
CREATE INDEX order_lines_without_cost ON order_lines (shop_id, variant_id) WHERE unit_cost IS NULL AND variant_id IS NOT NULL;
ALTER TABLE refunds ADD COLUMN fact_version TEXT NOT NULL DEFAULT '';
ALTER TABLE fulfillments ADD COLUMN fact_version TEXT NOT NULL DEFAULT '';
ALTER TABLE products ADD COLUMN fact_version TEXT NOT NULL DEFAULT '';

-- Orders deleted in Shopify: kept apart, because the deletion may be told before the order.
CREATE TABLE order_deletions (
  shop_id INTEGER NOT NULL,
  order_id BIGINT NOT NULL,
  deleted_at TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT order_deletions_pkey PRIMARY KEY (shop_id, order_id)
);
SELECT perennial_protect('order_deletions');

ALTER TABLE carts
  ADD COLUMN shopify_customer_id BIGINT,
  ADD COLUMN fact_version TEXT NOT NULL DEFAULT '';
-- A guest's carts, found by the address given in them.
CREATE INDEX carts_of_guest_email ON carts (shop_id, email) WHERE shopify_customer_id IS NULL AND email IS NOT NULL;
CREATE INDEX carts_of_guest_phone ON carts (shop_id, phone) WHERE shopify_customer_id IS NULL AND email IS NULL AND phone IS NOT NULL;
-- The cart an order closed.
CREATE INDEX carts_by_order ON carts (shop_id, order_id) WHERE order_id IS NOT NULL;
