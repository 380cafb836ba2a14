-- Referrals. The programme in versions: a claim keeps the version it was made under.
CREATE TABLE referral_programmes (
  shop_id integer NOT NULL,
  version integer NOT NULL,
  enabled boolean NOT NULL,
  offer_kind text NOT NULL CONSTRAINT referral_programmes_kind CHECK (offer_kind IN ('amount_off', 'percentage')),
  offer_value numeric(20,4) NOT NULL,
  minimum_order numeric(20,4),
  offer_days integer,
  reward_points integer NOT NULL,
  hold_days integer NOT NULL,
  first_order_only boolean NOT NULL,
  approve_clean boolean NOT NULL,
  claw_back boolean NOT NULL,
  effective_from timestamptz(3) NOT NULL,
  PRIMARY KEY (shop_id, version),
  CONSTRAINT referral_programmes_terms CHECK (offer_value > 0 AND reward_points > 0 AND hold_days >= 0)
);
SELECT perennial_protect('referral_programmes');
ALTER TABLE referral_programmes ALTER COLUMN shop_id SET STATISTICS 0;

-- Advocates' codes. After a merge somebody may have several: all keep working, one is shown.
CREATE TABLE referral_codes (
  shop_id integer NOT NULL,
  code text NOT NULL,
  profile_id bigint NOT NULL,
  main boolean NOT NULL DEFAULT true,
  created_at timestamptz(3) NOT NULL,
  PRIMARY KEY (shop_id, code)
);
SELECT perennial_protect('referral_codes');
ALTER TABLE referral_codes ALTER COLUMN shop_id SET STATISTICS 0;
-- One code to show per person, however many ask for it at once.
CREATE UNIQUE INDEX referral_codes_main ON referral_codes (shop_id, profile_id) WHERE main;

-- Who opened a link, once per visitor and day; the hash is keyed by the day, so that days can't be put together.
CREATE TABLE referral_visits (
  shop_id integer NOT NULL,
  day date NOT NULL,
  code text NOT NULL,
  visitor_hash text NOT NULL,
  PRIMARY KEY (shop_id, day, code, visitor_hash)
);
SELECT perennial_protect('referral_visits');
ALTER TABLE referral_visits ALTER COLUMN shop_id SET STATISTICS 0;

-- A friend who claimed an offer, what speaks against it, what the merchant decided and what came of it.
CREATE TABLE referrals (
  shop_id integer NOT NULL,
  id bigserial NOT NULL,
  claim_key text NOT NULL,
  advocate_id bigint NOT NULL,
  friend_id bigint NOT NULL,
  code text NOT NULL,
  programme_version integer NOT NULL,
  claimed_at timestamptz(3) NOT NULL,
  ip_hash text,
  device_hash text,
  state text NOT NULL DEFAULT 'claimed' CONSTRAINT referrals_state
    CHECK (state IN ('claimed', 'ordered', 'held', 'review', 'rewarded', 'blocked', 'rejected', 'cancelled')),
  why text,
  evidence jsonb NOT NULL DEFAULT '[]',
  order_id bigint,
  hold_until timestamptz(3),
  due_at timestamptz(3),
  decision text CONSTRAINT referrals_decision CHECK (decision IN ('approved', 'rejected')),
  decision_reason text,
  decided_by text,
  decided_at timestamptz(3),
  accepted jsonb NOT NULL DEFAULT '[]',
  reward_points integer NOT NULL DEFAULT 0,
  moves integer NOT NULL DEFAULT 0,
  offer_code text NOT NULL,
  offer_state text NOT NULL DEFAULT 'none' CONSTRAINT referrals_offer
    CHECK (offer_state IN ('none', 'making', 'made', 'refused')),
  offer_expires_at timestamptz(3),
  discount_id bigint,
  offer_error text,
  attempts integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz(3),
  PRIMARY KEY (shop_id, id)
);
SELECT perennial_protect('referrals');
ALTER TABLE referrals ALTER COLUMN shop_id SET STATISTICS 0;
-- A friend is referred once.
CREATE UNIQUE INDEX referrals_once ON referrals (shop_id, claim_key);
-- The order that carries a friend's code.
CREATE UNIQUE INDEX referrals_by_offer ON referrals (shop_id, offer_code);
-- A friend's orders; merges.
CREATE INDEX referrals_of_friend ON referrals (shop_id, friend_id);
-- An advocate's referrals; bursts of claims.
CREATE INDEX referrals_of_advocate ON referrals (shop_id, advocate_id, claimed_at);
-- What became of the order of a referral.
CREATE INDEX referrals_of_order ON referrals (shop_id, order_id) WHERE order_id IS NOT NULL;
-- Many claims from one network.
CREATE INDEX referrals_by_ip ON referrals (shop_id, ip_hash, claimed_at) WHERE ip_hash IS NOT NULL;
-- The list by state, and the review queue.
CREATE INDEX referrals_by_state ON referrals (shop_id, state, id DESC);
-- Holds that are over.
CREATE INDEX referrals_due ON referrals (shop_id, due_at) WHERE due_at IS NOT NULL;
-- Codes that are still to be made in Shopify.
CREATE INDEX referrals_offers_due ON referrals (shop_id, next_attempt_at) WHERE next_attempt_at IS NOT NULL;
-- Orders by the code they carry.
CREATE INDEX order_discounts_by_code ON order_discounts (shop_id, upper(code));

DO $$ BEGIN
  IF current_setting('server_version_num')::int < 180000 THEN RETURN; END IF;
  PERFORM pg_restore_relation_stats('schemaname', 'public', 'relname', t, 'relpages', 1, 'reltuples', 1000::real)
  FROM unnest(ARRAY['referral_programmes', 'referral_codes', 'referral_visits', 'referrals']) AS t;
END $$;
