-- Tiers: levels people reach by what they bought. The terms are versioned like the earn rule; where people stand is a
-- projection, which can be dropped and computed anew.
CREATE TABLE tier_programmes (
  shop_id integer NOT NULL,
  version integer NOT NULL,
  enabled boolean NOT NULL,
  basis text NOT NULL CHECK (basis IN ('net_spend', 'points_earned', 'orders')),
  span text NOT NULL CHECK (span IN ('rolling_year', 'calendar_year', 'lifetime')),
  grace_days integer NOT NULL CHECK (grace_days BETWEEN 0 AND 365),
  effective_from timestamptz(3) NOT NULL,
  PRIMARY KEY (shop_id, version)
);
SELECT perennial_protect('tier_programmes');

CREATE TABLE tiers (
  shop_id integer NOT NULL,
  version integer NOT NULL,
  id integer NOT NULL, -- the same tier keeps it from version to version
  name text NOT NULL,
  threshold numeric(20,4) NOT NULL CHECK (threshold > 0),
  multiplier numeric(6,2) NOT NULL CHECK (multiplier BETWEEN 1 AND 100),
  entry_points integer NOT NULL CHECK (entry_points BETWEEN 0 AND 1000000),
  PRIMARY KEY (shop_id, version, id),
  FOREIGN KEY (shop_id, version) REFERENCES tier_programmes (shop_id, version) ON DELETE CASCADE
);
SELECT perennial_protect('tiers');

CREATE TABLE profile_tiers (
  shop_id integer NOT NULL,
  profile_id bigint NOT NULL,
  version integer NOT NULL, -- of the programme it was computed by
  tier_id integer, -- null: below the first tier
  since timestamptz(3), -- in this tier
  until timestamptz(3), -- when it is lost if nothing more is bought; null: never
  in_grace boolean NOT NULL,
  figure numeric(20,4) NOT NULL, -- what it was computed from, in the unit of the programme's basis
  changes_at timestamptz(3), -- when time alone changes this row
  PRIMARY KEY (shop_id, profile_id),
  FOREIGN KEY (shop_id, profile_id) REFERENCES profiles (shop_id, id) ON DELETE CASCADE
);
SELECT perennial_protect('profile_tiers');
-- Which shops have rows that time has changed, and a shop's such rows.
CREATE INDEX profile_tiers_due ON profile_tiers (shop_id, changes_at) WHERE changes_at IS NOT NULL;
-- How many people are in each tier.
CREATE INDEX profile_tiers_by_tier ON profile_tiers (shop_id, tier_id);

-- Orders placed by somebody whose tier multiplies points. A projection; an order without a row counts once.
CREATE TABLE order_multipliers (
  shop_id integer NOT NULL,
  order_id bigint NOT NULL,
  version integer NOT NULL,
  tier_id integer NOT NULL,
  multiplier numeric(6,2) NOT NULL,
  PRIMARY KEY (shop_id, order_id)
);
SELECT perennial_protect('order_multipliers');

-- How far everybody was computed anew after the terms changed.
CREATE TABLE tier_recomputes (
  shop_id integer PRIMARY KEY,
  version integer NOT NULL,
  last_profile_id bigint NOT NULL,
  done integer NOT NULL,
  total integer NOT NULL,
  started_at timestamptz(3) NOT NULL,
  finished_at timestamptz(3)
);
SELECT perennial_protect('tier_recomputes');

-- Points for reaching a tier name the tier, so that they can be told from others and are given once.
ALTER TABLE ledger_transactions ADD COLUMN tier_id integer;

-- Read by key, so without statistics about shops (see records_statistics).
ALTER TABLE tier_programmes ALTER COLUMN shop_id SET STATISTICS 0;
ALTER TABLE tiers ALTER COLUMN shop_id SET STATISTICS 0;
ALTER TABLE profile_tiers ALTER COLUMN shop_id SET STATISTICS 0;
ALTER TABLE order_multipliers ALTER COLUMN shop_id SET STATISTICS 0;
ALTER TABLE tier_recomputes ALTER COLUMN shop_id SET STATISTICS 0;
