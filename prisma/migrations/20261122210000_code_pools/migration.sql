-- Discounts of Shopify with many codes for friends, one per terms of the offer.
CREATE TABLE referral_pools (
  shop_id integer NOT NULL,
  id bigserial NOT NULL,
  terms_key text NOT NULL,
  programme_version integer NOT NULL,
  first_code text NOT NULL,
  state text NOT NULL DEFAULT 'making' CONSTRAINT referral_pools_state
    CHECK (state IN ('making', 'open', 'closing', 'closed')),
  discount_id bigint,
  creation_id bigint,
  created_at timestamptz(3) NOT NULL,
  closes_at timestamptz(3),
  ends_at timestamptz(3),
  error text,
  attempts integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz(3),
  PRIMARY KEY (shop_id, id)
);
SELECT perennial_protect('referral_pools');
ALTER TABLE referral_pools ALTER COLUMN shop_id SET STATISTICS 0;
-- One pool that gives codes per terms, however many ask for it at once.
CREATE UNIQUE INDEX referral_pools_in_force ON referral_pools (shop_id, terms_key) WHERE state IN ('making', 'open');
-- Pools with something to do in Shopify.
CREATE INDEX referral_pools_due ON referral_pools (shop_id, next_attempt_at) WHERE next_attempt_at IS NOT NULL;

-- Codes nobody has yet. One that is given away leaves this table for the referral.
CREATE TABLE referral_pool_codes (
  shop_id integer NOT NULL,
  code text NOT NULL,
  pool_id bigint NOT NULL,
  redeem_id bigint,
  PRIMARY KEY (shop_id, code),
  FOREIGN KEY (shop_id, pool_id) REFERENCES referral_pools (shop_id, id)
);
SELECT perennial_protect('referral_pool_codes');
ALTER TABLE referral_pool_codes ALTER COLUMN shop_id SET STATISTICS 0;
-- The next free code of a pool; those that are still to be added in Shopify have no number.
CREATE INDEX referral_pool_codes_free ON referral_pool_codes (shop_id, pool_id, redeem_id);

-- Where a friend's code came from; null: it is a discount of its own.
ALTER TABLE referrals ADD COLUMN pool_id bigint, ADD COLUMN redeem_id bigint;
ALTER TABLE referrals ADD CONSTRAINT referrals_pool FOREIGN KEY (shop_id, pool_id) REFERENCES referral_pools (shop_id, id);
ALTER TABLE referrals DROP CONSTRAINT referrals_offer;
ALTER TABLE referrals ADD CONSTRAINT referrals_offer
  CHECK (offer_state IN ('none', 'making', 'made', 'refused', 'ending', 'ended', 'expired'));
-- Codes of a pool that may still be used.
CREATE INDEX referrals_of_pool ON referrals (shop_id, pool_id) WHERE pool_id IS NOT NULL AND offer_state IN ('made', 'ending');

DO $$ BEGIN
  IF current_setting('server_version_num')::int < 180000 THEN RETURN; END IF;
  PERFORM pg_restore_relation_stats('schemaname', 'public', 'relname', t, 'relpages', 1, 'reltuples', 1000::real)
  FROM unnest(ARRAY['referral_pools', 'referral_pool_codes']) AS t;
END $$;
