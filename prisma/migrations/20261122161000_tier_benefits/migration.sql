-- What a tier gives besides its points: points on a birthday, and a reward for nothing when it is reached.
CREATE TABLE tier_benefits (
  shop_id integer NOT NULL,
  tier_id integer NOT NULL,
  birthday_points integer NOT NULL DEFAULT 0 CONSTRAINT tier_benefits_birthday CHECK (birthday_points >= 0),
  gift_reward_id bigint,
  PRIMARY KEY (shop_id, tier_id),
  FOREIGN KEY (shop_id, gift_reward_id) REFERENCES rewards (shop_id, id) ON DELETE RESTRICT
);
SELECT perennial_protect('tier_benefits');
ALTER TABLE tier_benefits ALTER COLUMN shop_id SET STATISTICS 0;

DO $$ BEGIN
  IF current_setting('server_version_num')::int < 180000 THEN RETURN; END IF;
  PERFORM pg_restore_relation_stats('schemaname', 'public', 'relname', 'tier_benefits', 'relpages', 1, 'reltuples', 1000::real);
END $$;

-- A gift costs no points.
ALTER TABLE redemptions DROP CONSTRAINT redemptions_points;
ALTER TABLE redemptions ADD CONSTRAINT redemptions_points
  CHECK (points >= 0 AND held >= 0 AND spent >= 0 AND held + spent <= points);
