-- Shopify Flow is told what happens in loyalty, where a workflow of the merchant begins with it.
ALTER TABLE standing_changes
  ADD COLUMN from_tier text, -- of a change of the tier itself; null: none
  ADD COLUMN to_tier text,
  ADD COLUMN tier_changed boolean NOT NULL DEFAULT false;

-- Which triggers a shop's workflows begin with, as Shopify tells it when one is switched on or off.
CREATE TABLE signal_uses (
  shop_id integer NOT NULL,
  trigger_id text NOT NULL,
  in_use boolean NOT NULL,
  since timestamptz(3) NOT NULL, -- in use, or not any more
  told_at timestamptz(3) NOT NULL, -- Shopify's time of saying so
  PRIMARY KEY (shop_id, trigger_id)
);
SELECT perennial_protect('signal_uses');
ALTER TABLE signal_uses ALTER COLUMN shop_id SET STATISTICS 0;

-- What Shopify Flow is to be told; once per cause.
CREATE TABLE signals (
  shop_id integer NOT NULL,
  id bigserial NOT NULL,
  handle text NOT NULL,
  key text NOT NULL,
  profile_id bigint NOT NULL,
  payload jsonb NOT NULL,
  occurred_at timestamptz(3) NOT NULL,
  due_at timestamptz(3), -- null: told, or given up
  attempts integer NOT NULL DEFAULT 0,
  sent_at timestamptz(3),
  error text,
  PRIMARY KEY (shop_id, id)
);
SELECT perennial_protect('signals');
ALTER TABLE signals ALTER COLUMN shop_id SET STATISTICS 0;
-- One cause, one signal.
CREATE UNIQUE INDEX signals_once ON signals (shop_id, handle, key);
-- What to tell.
CREATE INDEX signals_due ON signals (shop_id, due_at) WHERE due_at IS NOT NULL;
-- What is held on a person, for exports and erasure.
CREATE INDEX signals_of_profile ON signals (shop_id, profile_id);
-- What was told long ago.
CREATE INDEX signals_old ON signals (shop_id, occurred_at) WHERE due_at IS NULL;
