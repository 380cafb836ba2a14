-- Where an order went, as a keyed hash: tells that two went to the same place, and nothing else.
ALTER TABLE orders ADD COLUMN address_hash text;

-- Browsers that people who have a referral link were seen with, as keyed hashes.
CREATE TABLE referral_devices (
  shop_id integer NOT NULL,
  profile_id bigint NOT NULL,
  device_hash text NOT NULL,
  seen_on date NOT NULL,
  PRIMARY KEY (shop_id, profile_id, device_hash)
);
SELECT perennial_protect('referral_devices');
ALTER TABLE referral_devices ALTER COLUMN shop_id SET STATISTICS 0;

-- Codes of referrals that were blocked or rejected are ended in Shopify.
ALTER TABLE referrals DROP CONSTRAINT referrals_offer;
ALTER TABLE referrals ADD CONSTRAINT referrals_offer
  CHECK (offer_state IN ('none', 'making', 'made', 'refused', 'ending', 'ended'));

DO $$ BEGIN
  IF current_setting('server_version_num')::int < 180000 THEN RETURN; END IF;
  PERFORM pg_restore_relation_stats('schemaname', 'public', 'relname', 'referral_devices', 'relpages', 1, 'reltuples', 1000::real);
END $$;
