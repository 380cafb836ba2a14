-- What the pages of the admin need to stay fast at a million profiles. A tenant's own conditions reach an index only
-- through operators that leak nothing (row-level security is checked first), and those of numeric, of arrays and lower()
-- are not among them: what is searched, sorted or filtered by them is kept in columns of plainer types.

-- Search as the merchant types: prefix of the whole name and of the last name.
ALTER TABLE profiles ADD COLUMN search_name text
  GENERATED ALWAYS AS (lower(btrim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')))) STORED;
ALTER TABLE profiles ADD COLUMN search_last_name text GENERATED ALWAYS AS (lower(last_name)) STORED;
DROP INDEX profiles_search_name;
DROP INDEX profiles_search_last_name;
CREATE INDEX profiles_search_name ON profiles (shop_id, search_name text_pattern_ops) WHERE merged_into_id IS NULL;
CREATE INDEX profiles_search_last_name ON profiles (shop_id, search_last_name text_pattern_ops) WHERE merged_into_id IS NULL;

-- Customers page: each sort is one direction over all its columns, so that a page starts where the last one ended.
DROP INDEX profiles_newest;
CREATE INDEX profiles_newest ON profiles (shop_id, first_seen_at, id);
ALTER TABLE profile_traits ADD COLUMN spend_rank bigint GENERATED ALWAYS AS ((net_spend * 10000)::bigint) STORED;
ALTER TABLE profile_traits ADD COLUMN last_order_rank timestamptz(3)
  GENERATED ALWAYS AS (coalesce(last_order_at, '1970-01-01 00:00:00+00'::timestamptz(3))) STORED;
DROP INDEX profile_traits_by_spend;
CREATE INDEX profile_traits_by_spend ON profile_traits (shop_id, spend_rank, profile_id);
CREATE INDEX profile_traits_by_last_order_rank ON profile_traits (shop_id, last_order_rank, profile_id);
DROP INDEX profile_traits_by_orders;
CREATE INDEX profile_traits_by_orders ON profile_traits (shop_id, orders_count, profile_id);
-- Filters that may match few people.
CREATE INDEX profile_traits_by_email_state ON profile_traits (shop_id, email_state, profile_id);
CREATE INDEX profile_traits_with_points ON profile_traits (shop_id, profile_id) WHERE points_balance > 0;
CREATE INDEX profile_traits_with_open_cart ON profile_traits (shop_id, profile_id) WHERE open_cart_token IS NOT NULL;

-- Tags, one row each: a projection of profiles.tags that triggers keep, because every writer of profiles must.
CREATE TABLE profile_tags (
  shop_id integer NOT NULL,
  tag text NOT NULL,
  profile_id bigint NOT NULL,
  PRIMARY KEY (shop_id, tag, profile_id),
  FOREIGN KEY (shop_id, profile_id) REFERENCES profiles (shop_id, id) ON DELETE CASCADE
);
CREATE INDEX profile_tags_of_profile ON profile_tags (shop_id, profile_id);
SELECT perennial_protect('profile_tags');

CREATE FUNCTION perennial_profile_tags_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO profile_tags (shop_id, tag, profile_id)
  SELECT shop_id, unnest(tags), id FROM added WHERE tags <> '{}' ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE FUNCTION perennial_profile_tags_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM added JOIN removed USING (shop_id, id) WHERE added.tags <> removed.tags) THEN RETURN NULL; END IF;
  DELETE FROM profile_tags t USING added, removed
  WHERE added.shop_id = removed.shop_id AND added.id = removed.id AND added.tags <> removed.tags
    AND t.shop_id = added.shop_id AND t.profile_id = added.id AND NOT t.tag = ANY (added.tags);
  INSERT INTO profile_tags (shop_id, tag, profile_id)
  SELECT added.shop_id, unnest(added.tags), added.id FROM added JOIN removed USING (shop_id, id)
  WHERE added.tags <> removed.tags ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER tags_added AFTER INSERT ON profiles REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION perennial_profile_tags_added();
CREATE TRIGGER tags_changed AFTER UPDATE ON profiles REFERENCING OLD TABLE AS removed NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION perennial_profile_tags_changed();
INSERT INTO profile_tags (shop_id, tag, profile_id) SELECT shop_id, unnest(tags), id FROM profiles ON CONFLICT DO NOTHING;

-- Home, 60 days of orders: everything it adds up is in the index.
DROP INDEX orders_recent;
CREATE INDEX orders_recent ON orders (shop_id, processed_at) INCLUDE (net_revenue, paid_at, cancelled_at, deleted_at, test);
-- Home: carts won back, mails sent and points earned, by day.
CREATE INDEX carts_recovered ON carts (shop_id, closed_at) INCLUDE (recovered_amount) WHERE state = 'recovered';
CREATE INDEX messages_sent ON messages (shop_id, sent_at) INCLUDE (kind) WHERE sent_at IS NOT NULL;
CREATE INDEX ledger_transactions_earned ON ledger_transactions (shop_id, occurred_at, id) WHERE kind = 'earn';
-- Messages page and Home: the ones somebody should look at.
CREATE INDEX messages_in_trouble ON messages (shop_id, status, created_at DESC, id DESC) WHERE status IN ('failed', 'unknown', 'withheld');
-- Flow page: a flow's runs, newest first.
CREATE INDEX flow_runs_of_flow ON flow_runs (shop_id, flow_key, entered_at DESC, id DESC);
