-- Rewards: what points buy. A change applies to redemptions from then on; each redemption keeps the terms of its moment.
CREATE TABLE rewards (
  shop_id integer NOT NULL,
  id bigserial NOT NULL,
  title text NOT NULL,
  kind text NOT NULL CONSTRAINT rewards_kind CHECK (kind IN ('amount_off', 'percentage', 'free_shipping')),
  value numeric(20,4),
  points integer NOT NULL CONSTRAINT rewards_points CHECK (points > 0),
  minimum_subtotal numeric(20,4),
  validity_days integer,
  per_customer_limit integer,
  combines_with_order boolean NOT NULL DEFAULT false,
  combines_with_product boolean NOT NULL DEFAULT false,
  combines_with_shipping boolean NOT NULL DEFAULT false,
  enabled boolean NOT NULL DEFAULT true,
  create_key text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  updated_at timestamptz(3) NOT NULL,
  PRIMARY KEY (shop_id, id),
  CONSTRAINT rewards_value CHECK ((kind = 'free_shipping') = (value IS NULL))
);
SELECT perennial_protect('rewards');
ALTER TABLE rewards ALTER COLUMN shop_id SET STATISTICS 0;
-- The form that made it: sending it again makes no second reward.
CREATE UNIQUE INDEX rewards_once ON rewards (shop_id, create_key);

-- A reward somebody chose. `held` lies in the person's reserved account because of it, `spent` is gone for it.
CREATE TABLE redemptions (
  shop_id integer NOT NULL,
  id bigserial NOT NULL,
  key text NOT NULL,
  profile_id bigint NOT NULL,
  reward_id bigint NOT NULL,
  points integer NOT NULL,
  terms jsonb NOT NULL,
  code text NOT NULL,
  state text NOT NULL CONSTRAINT redemptions_state CHECK (state IN ('reserved', 'confirmed', 'released', 'cancelled', 'used')),
  held bigint NOT NULL DEFAULT 0,
  spent bigint NOT NULL DEFAULT 0,
  moves integer NOT NULL DEFAULT 0,
  discount_id bigint,
  order_id bigint,
  expires_at timestamptz(3),
  reserved_at timestamptz(3) NOT NULL,
  cancel_requested_at timestamptz(3),
  settled_at timestamptz(3),
  attempts integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz(3),
  error text,
  staff text,
  PRIMARY KEY (shop_id, id),
  FOREIGN KEY (shop_id, reward_id) REFERENCES rewards (shop_id, id) ON DELETE RESTRICT,
  CONSTRAINT redemptions_points CHECK (points > 0 AND held >= 0 AND spent >= 0 AND held + spent <= points)
);
SELECT perennial_protect('redemptions');
ALTER TABLE redemptions ALTER COLUMN shop_id SET STATISTICS 0;
-- A command has one effect.
CREATE UNIQUE INDEX redemptions_once ON redemptions (shop_id, key);
-- The order that used a code.
CREATE UNIQUE INDEX redemptions_by_code ON redemptions (shop_id, code);
-- Refunds of the order a code was used in.
CREATE INDEX redemptions_of_order ON redemptions (shop_id, order_id) WHERE order_id IS NOT NULL;
-- A customer's codes; how often they had a reward.
CREATE INDEX redemptions_of_profile ON redemptions (shop_id, profile_id, id DESC);
-- How often a reward was chosen.
CREATE INDEX redemptions_of_reward ON redemptions (shop_id, reward_id);
-- What has to be finished: codes to make, codes to disable.
CREATE INDEX redemptions_due ON redemptions (shop_id, next_attempt_at) WHERE next_attempt_at IS NOT NULL;

DO $$ BEGIN
  IF current_setting('server_version_num')::int < 180000 THEN RETURN; END IF;
  PERFORM pg_restore_relation_stats('schemaname', 'public', 'relname', t, 'relpages', 1, 'reltuples', 1000::real)
  FROM unnest(ARRAY['rewards', 'redemptions']) AS t;
END $$;

-- The ledger learns the kinds and the account of redemptions, whatever else it has learned by now.
DO $$ DECLARE kinds text; accounts text; BEGIN
  SELECT string_agg(DISTINCT quote_literal(kind), ', ') INTO kinds FROM (
    SELECT (regexp_matches(pg_get_constraintdef(oid), '''([a-z_]+)''', 'g'))[1] AS kind
    FROM pg_constraint WHERE conname = 'ledger_transactions_kind'
    UNION SELECT unnest(ARRAY['reserve', 'redeem', 'unreserve', 'return'])) k;
  SELECT string_agg(DISTINCT quote_literal(kind), ', ') INTO accounts FROM (
    SELECT (regexp_matches(pg_get_constraintdef(oid), '''([a-z_]+)''', 'g'))[1] AS kind
    FROM pg_constraint WHERE conname = 'ledger_accounts_kind'
    UNION SELECT 'reserved') a WHERE kind <> 'issued';
  EXECUTE 'ALTER TABLE ledger_transactions DROP CONSTRAINT ledger_transactions_kind';
  EXECUTE format('ALTER TABLE ledger_transactions ADD CONSTRAINT ledger_transactions_kind CHECK (kind IN (%s))', kinds);
  EXECUTE 'ALTER TABLE ledger_accounts DROP CONSTRAINT ledger_accounts_kind';
  EXECUTE format('ALTER TABLE ledger_accounts ADD CONSTRAINT ledger_accounts_kind
    CHECK ((kind = ''issued'' AND profile_id IS NULL) OR (kind IN (%s) AND profile_id IS NOT NULL))', accounts);
END $$;
