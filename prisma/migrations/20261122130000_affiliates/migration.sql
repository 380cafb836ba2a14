-- Affiliates: people who bring customers and are paid a commission for it.

-- The programme of a shop. No row: the shop does not use affiliates, and its orders pay one look here.
CREATE TABLE affiliate_programmes (
  shop_id integer PRIMARY KEY,
  token text NOT NULL,
  title text,
  intro text,
  is_open boolean NOT NULL DEFAULT true,
  minimum_payout numeric(20,4) NOT NULL DEFAULT 0 CONSTRAINT affiliate_programmes_minimum CHECK (minimum_payout >= 0),
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL
);
SELECT perennial_protect('affiliate_programmes');
-- The public pages of a shop carry this token and nothing else.
CREATE UNIQUE INDEX affiliate_programmes_by_token ON affiliate_programmes (token);

CREATE TABLE affiliate_groups (
  shop_id integer NOT NULL,
  id serial NOT NULL,
  name text NOT NULL,
  create_key text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  PRIMARY KEY (shop_id, id)
);
SELECT perennial_protect('affiliate_groups');
-- The form that made it: sending it again makes no second group.
CREATE UNIQUE INDEX affiliate_groups_once ON affiliate_groups (shop_id, create_key);

-- What a group earns, versioned: an order keeps the version in force when it was placed.
CREATE TABLE affiliate_rules (
  shop_id integer NOT NULL,
  group_id integer NOT NULL,
  version integer NOT NULL,
  kind text NOT NULL CONSTRAINT affiliate_rules_kind CHECK (kind IN ('percent', 'flat')),
  value numeric(20,4) NOT NULL CONSTRAINT affiliate_rules_value CHECK (value >= 0 AND (kind = 'flat' OR value <= 100)),
  scope text NOT NULL CONSTRAINT affiliate_rules_scope CHECK (scope IN ('first_order', 'every_order', 'lifetime')),
  new_customers_only boolean NOT NULL,
  hold_days integer NOT NULL CONSTRAINT affiliate_rules_hold CHECK (hold_days BETWEEN 0 AND 365),
  window_days integer NOT NULL CONSTRAINT affiliate_rules_window CHECK (window_days BETWEEN 1 AND 365),
  effective_from timestamptz(3) NOT NULL,
  PRIMARY KEY (shop_id, group_id, version),
  FOREIGN KEY (shop_id, group_id) REFERENCES affiliate_groups (shop_id, id) ON DELETE RESTRICT ON UPDATE CASCADE
);
SELECT perennial_protect('affiliate_rules');

CREATE TABLE affiliates (
  shop_id integer NOT NULL,
  id bigserial NOT NULL,
  state text NOT NULL CONSTRAINT affiliates_state CHECK (state IN ('applied', 'approved', 'rejected', 'paused')),
  email text,
  name text,
  website text,
  about text,
  payout_to text,
  group_id integer,
  link_code text NOT NULL,
  reason text,
  staff text,
  applied_at timestamptz(3) NOT NULL,
  decided_at timestamptz(3),
  forgotten_at timestamptz(3),
  PRIMARY KEY (shop_id, id),
  FOREIGN KEY (shop_id, group_id) REFERENCES affiliate_groups (shop_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT affiliates_group CHECK (state NOT IN ('approved', 'paused') OR group_id IS NOT NULL)
);
SELECT perennial_protect('affiliates');
-- One affiliate per address.
CREATE UNIQUE INDEX affiliates_once ON affiliates (shop_id, email) WHERE email IS NOT NULL;
-- The list, newest first.
CREATE INDEX affiliates_listed ON affiliates (shop_id, applied_at DESC, id DESC);
-- A public link carries this code and nothing else.
CREATE UNIQUE INDEX affiliates_by_link ON affiliates (link_code);

-- When somebody earned, and as a member of which group. An order is judged by the span it was placed in, whatever is true today.
CREATE TABLE affiliate_spans (
  shop_id integer NOT NULL,
  id bigserial NOT NULL,
  affiliate_id bigint NOT NULL,
  group_id integer NOT NULL,
  from_at timestamptz(3) NOT NULL,
  to_at timestamptz(3),
  PRIMARY KEY (shop_id, id),
  FOREIGN KEY (shop_id, affiliate_id) REFERENCES affiliates (shop_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  FOREIGN KEY (shop_id, group_id) REFERENCES affiliate_groups (shop_id, id) ON DELETE RESTRICT ON UPDATE CASCADE
);
SELECT perennial_protect('affiliate_spans');
-- Somebody is in one group at a time.
CREATE UNIQUE INDEX affiliate_spans_open ON affiliate_spans (shop_id, affiliate_id) WHERE to_at IS NULL;
-- The spans of the affiliates of a batch.
CREATE INDEX affiliate_spans_of_affiliate ON affiliate_spans (shop_id, affiliate_id, from_at);

-- Whose a discount code of the shop was, and when.
CREATE TABLE affiliate_codes (
  shop_id integer NOT NULL,
  id bigserial NOT NULL,
  affiliate_id bigint NOT NULL,
  code text NOT NULL,
  from_at timestamptz(3) NOT NULL,
  to_at timestamptz(3),
  PRIMARY KEY (shop_id, id),
  FOREIGN KEY (shop_id, affiliate_id) REFERENCES affiliates (shop_id, id) ON DELETE RESTRICT ON UPDATE CASCADE
);
SELECT perennial_protect('affiliate_codes');
-- A code is one affiliate's at a time.
CREATE UNIQUE INDEX affiliate_codes_open ON affiliate_codes (shop_id, lower(code)) WHERE to_at IS NULL;
-- Whose the codes of a batch of orders are.
CREATE INDEX affiliate_codes_by_code ON affiliate_codes (shop_id, lower(code));
CREATE INDEX affiliate_codes_of_affiliate ON affiliate_codes (shop_id, affiliate_id);

-- Somebody followed a link. Nothing of the visitor is kept but a random token that travels with the visit.
CREATE TABLE affiliate_clicks (
  shop_id integer NOT NULL,
  token text NOT NULL,
  affiliate_id bigint NOT NULL,
  clicked_at timestamptz(3) NOT NULL,
  PRIMARY KEY (shop_id, token),
  FOREIGN KEY (shop_id, affiliate_id) REFERENCES affiliates (shop_id, id) ON DELETE RESTRICT ON UPDATE CASCADE
);
SELECT perennial_protect('affiliate_clicks');
-- How often the links of an affiliate were followed.
CREATE INDEX affiliate_clicks_of_affiliate ON affiliate_clicks (shop_id, affiliate_id, clicked_at);

-- Orders that somebody brought, and what they are worth to them. A projection of orders, rules and ledger.
CREATE TABLE affiliate_orders (
  shop_id integer NOT NULL,
  order_id bigint NOT NULL,
  affiliate_id bigint NOT NULL,
  profile_id bigint,
  via text NOT NULL CONSTRAINT affiliate_orders_via CHECK (via IN ('code', 'link', 'customer')),
  code text,
  group_id integer NOT NULL,
  rule_version integer NOT NULL,
  is_own boolean NOT NULL,
  outcome text NOT NULL CONSTRAINT affiliate_orders_outcome
    CHECK (outcome IN ('earns', 'unpaid', 'void', 'own_order', 'known_customer', 'later_order')),
  net numeric(20,4) NOT NULL,
  commission numeric(20,4) NOT NULL,
  currency text NOT NULL,
  placed_at timestamptz(3) NOT NULL,
  due_at timestamptz(3),
  PRIMARY KEY (shop_id, order_id),
  FOREIGN KEY (shop_id, affiliate_id) REFERENCES affiliates (shop_id, id) ON DELETE RESTRICT ON UPDATE CASCADE
);
SELECT perennial_protect('affiliate_orders');
-- What an affiliate brought, newest first.
CREATE INDEX affiliate_orders_of_affiliate ON affiliate_orders (shop_id, affiliate_id, placed_at DESC);
-- Whether somebody was brought by an affiliate.
CREATE INDEX affiliate_orders_of_profile ON affiliate_orders (shop_id, profile_id);
-- Commissions whose hold is over.
CREATE INDEX affiliate_orders_due ON affiliate_orders (shop_id, due_at) WHERE due_at IS NOT NULL;

-- The money ledger: per affiliate and currency what waits (pending), can be paid (payable) and is in a payout that is under
-- way (set_aside); against them the shop's cost (commission) and what left it (paid), which store no balance.
CREATE TABLE affiliate_accounts (
  shop_id integer NOT NULL,
  id bigserial NOT NULL,
  kind text NOT NULL,
  currency text NOT NULL,
  affiliate_id bigint,
  balance numeric(20,4) DEFAULT 0,
  PRIMARY KEY (shop_id, id),
  CONSTRAINT affiliate_accounts_kind CHECK (
    (kind IN ('commission', 'paid') AND affiliate_id IS NULL AND balance IS NULL)
    OR (kind IN ('pending', 'payable', 'set_aside') AND affiliate_id IS NOT NULL AND balance IS NOT NULL)),
  CONSTRAINT affiliate_accounts_set_aside CHECK (kind <> 'set_aside' OR balance >= 0),
  FOREIGN KEY (shop_id, affiliate_id) REFERENCES affiliates (shop_id, id) ON DELETE RESTRICT ON UPDATE CASCADE
);
SELECT perennial_protect('affiliate_accounts');
-- One account of each kind per affiliate and currency.
CREATE UNIQUE INDEX affiliate_accounts_once ON affiliate_accounts (shop_id, kind, currency, COALESCE(affiliate_id, 0));
-- What postings refer to: an account is of one currency.
CREATE UNIQUE INDEX affiliate_accounts_of_currency ON affiliate_accounts (shop_id, id, currency);
-- Balances of an affiliate.
CREATE INDEX affiliate_accounts_of_affiliate ON affiliate_accounts (shop_id, affiliate_id);

CREATE TABLE affiliate_transactions (
  shop_id integer NOT NULL,
  id bigserial NOT NULL,
  kind text NOT NULL CONSTRAINT affiliate_transactions_kind
    CHECK (kind IN ('earn', 'reverse', 'release', 'set_aside', 'give_back', 'pay')),
  currency text NOT NULL,
  idempotency_key text NOT NULL,
  input_hash text NOT NULL,
  order_id bigint,
  batch_id bigint,
  rule_version integer,
  staff text,
  occurred_at timestamptz(3) NOT NULL,
  created_at timestamptz(3) NOT NULL,
  PRIMARY KEY (shop_id, id)
);
SELECT perennial_protect('affiliate_transactions');
-- A key is used once.
CREATE UNIQUE INDEX affiliate_transactions_once ON affiliate_transactions (shop_id, idempotency_key);
-- What was posted for an order before.
CREATE INDEX affiliate_transactions_of_order ON affiliate_transactions (shop_id, order_id);
CREATE UNIQUE INDEX affiliate_transactions_of_currency ON affiliate_transactions (shop_id, id, currency);

CREATE TABLE affiliate_postings (
  shop_id integer NOT NULL,
  transaction_id bigint NOT NULL,
  account_id bigint NOT NULL,
  currency text NOT NULL,
  amount numeric(20,4) NOT NULL CONSTRAINT affiliate_postings_not_zero CHECK (amount <> 0),
  PRIMARY KEY (shop_id, transaction_id, account_id),
  -- With the currency in both keys, a transaction can't mix two.
  FOREIGN KEY (shop_id, transaction_id, currency) REFERENCES affiliate_transactions (shop_id, id, currency) ON DELETE RESTRICT ON UPDATE CASCADE,
  FOREIGN KEY (shop_id, account_id, currency) REFERENCES affiliate_accounts (shop_id, id, currency) ON DELETE RESTRICT ON UPDATE CASCADE
);
SELECT perennial_protect('affiliate_postings');
-- The ledger of an affiliate, newest first; the comparison of balances with postings.
CREATE INDEX affiliate_postings_of_account ON affiliate_postings (shop_id, account_id, transaction_id DESC);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON affiliate_transactions FOR EACH ROW EXECUTE FUNCTION perennial_ledger_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON affiliate_postings FOR EACH ROW EXECUTE FUNCTION perennial_ledger_append_only();

-- All postings of a transaction come in one statement; it is refused as a whole if one does not balance.
CREATE FUNCTION perennial_affiliate_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM added GROUP BY shop_id, transaction_id HAVING sum(amount) <> 0) THEN
    RAISE EXCEPTION 'the postings of a ledger transaction must sum to zero';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER balanced AFTER INSERT ON affiliate_postings REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION perennial_affiliate_balanced();

-- Payouts: a batch per currency, made at once of all that is payable, and paid or given back as a whole.
CREATE TABLE affiliate_payout_batches (
  shop_id integer NOT NULL,
  id bigserial NOT NULL,
  create_key text NOT NULL,
  currency text NOT NULL,
  total numeric(20,4) NOT NULL CONSTRAINT affiliate_payout_batches_total CHECK (total > 0),
  state text NOT NULL CONSTRAINT affiliate_payout_batches_state CHECK (state IN ('open', 'paid', 'cancelled')),
  reference text,
  staff text NOT NULL,
  settled_by text,
  created_at timestamptz(3) NOT NULL,
  settled_at timestamptz(3),
  PRIMARY KEY (shop_id, id),
  CONSTRAINT affiliate_payout_batches_reference CHECK ((state = 'paid') = (reference IS NOT NULL))
);
SELECT perennial_protect('affiliate_payout_batches');
-- The form that made it: sending it again makes no second payout.
CREATE UNIQUE INDEX affiliate_payout_batches_once ON affiliate_payout_batches (shop_id, create_key, currency);

CREATE TABLE affiliate_payouts (
  shop_id integer NOT NULL,
  batch_id bigint NOT NULL,
  affiliate_id bigint NOT NULL,
  amount numeric(20,4) NOT NULL CONSTRAINT affiliate_payouts_amount CHECK (amount > 0),
  PRIMARY KEY (shop_id, batch_id, affiliate_id),
  FOREIGN KEY (shop_id, batch_id) REFERENCES affiliate_payout_batches (shop_id, id) ON DELETE RESTRICT ON UPDATE CASCADE,
  FOREIGN KEY (shop_id, affiliate_id) REFERENCES affiliates (shop_id, id) ON DELETE RESTRICT ON UPDATE CASCADE
);
SELECT perennial_protect('affiliate_payouts');
-- The payouts of an affiliate.
CREATE INDEX affiliate_payouts_of_affiliate ON affiliate_payouts (shop_id, affiliate_id);

-- Links by which affiliates come into their portal. Only a hash of what was mailed is kept.
CREATE TABLE affiliate_sign_ins (
  shop_id integer NOT NULL,
  token_hash text NOT NULL,
  affiliate_id bigint NOT NULL,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  used_at timestamptz(3),
  PRIMARY KEY (shop_id, token_hash),
  FOREIGN KEY (shop_id, affiliate_id) REFERENCES affiliates (shop_id, id) ON DELETE RESTRICT ON UPDATE CASCADE
);
SELECT perennial_protect('affiliate_sign_ins');
-- How many were asked for lately.
CREATE INDEX affiliate_sign_ins_of_affiliate ON affiliate_sign_ins (shop_id, affiliate_id, created_at);

-- What affiliates may use to tell others: pictures, texts, by their address.
CREATE TABLE affiliate_assets (
  shop_id integer NOT NULL,
  id serial NOT NULL,
  title text NOT NULL,
  url text NOT NULL,
  create_key text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  PRIMARY KEY (shop_id, id)
);
SELECT perennial_protect('affiliate_assets');
CREATE UNIQUE INDEX affiliate_assets_once ON affiliate_assets (shop_id, create_key);

-- The token of the click a visit began with, as the order told it.
ALTER TABLE orders ADD COLUMN click_token text;

-- Read by key, so without statistics about shops (see records_statistics); and never taken for empty.
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['affiliate_groups', 'affiliate_rules', 'affiliates', 'affiliate_spans', 'affiliate_codes', 'affiliate_clicks',
    'affiliate_orders', 'affiliate_accounts', 'affiliate_transactions', 'affiliate_postings', 'affiliate_payout_batches',
    'affiliate_payouts', 'affiliate_sign_ins', 'affiliate_assets'] LOOP
    EXECUTE format('ALTER TABLE %I ALTER COLUMN shop_id SET STATISTICS 0', t);
    IF current_setting('server_version_num')::int >= 180000 THEN
      PERFORM pg_restore_relation_stats('schemaname', 'public', 'relname', t, 'relpages', 1, 'reltuples', 1000::real);
    END IF;
  END LOOP;
END $$;
