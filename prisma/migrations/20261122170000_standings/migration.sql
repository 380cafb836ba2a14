-- Balance and tier leave the app: fields and a tag of the customer in Shopify.
ALTER TABLE loyalty_settings
  ADD COLUMN share_standings boolean NOT NULL DEFAULT true,
  ADD COLUMN tag_tiers boolean NOT NULL DEFAULT false,
  ADD COLUMN fields_namespace text;

-- Who moved, appended by what moves them and taken away by the job that tells. Append-only between the two: a row that
-- postings shared would make orders of one person wait for each other, and in another order than their accounts do.
CREATE TABLE standing_changes (
  shop_id integer NOT NULL,
  id bigserial NOT NULL,
  profile_id bigint NOT NULL,
  transaction_id bigint, -- the entry that did it; null for a tier
  changed_at timestamptz(3) NOT NULL,
  PRIMARY KEY (shop_id, id)
);
SELECT perennial_protect('standing_changes');
ALTER TABLE standing_changes ALTER COLUMN shop_id SET STATISTICS 0;
-- What is held on a person, for erasure.
CREATE INDEX standing_changes_of_profile ON standing_changes (shop_id, profile_id);

-- What Shopify was last told of each customer; null where it has nothing.
CREATE TABLE told_standings (
  shop_id integer NOT NULL,
  customer_id bigint NOT NULL, -- in Shopify
  points bigint,
  tier text,
  tag text,
  told_at timestamptz(3),
  due_at timestamptz(3), -- when to look again; while somebody tells, until when they have it to themselves
  again boolean NOT NULL DEFAULT false, -- moved while somebody told
  unsure boolean NOT NULL DEFAULT false, -- somebody began to tell, and nobody knows how far they came
  next_tag text, -- the tag they were about to give
  attempts integer NOT NULL DEFAULT 0,
  error text,
  PRIMARY KEY (shop_id, customer_id)
);
SELECT perennial_protect('told_standings');
ALTER TABLE told_standings ALTER COLUMN shop_id SET STATISTICS 0;
-- Whom to tell about.
CREATE INDEX told_standings_due ON told_standings (shop_id, due_at) WHERE due_at IS NOT NULL;
-- Health: whom Shopify would not take.
CREATE INDEX told_standings_failed ON told_standings (shop_id) WHERE error IS NOT NULL;
-- Who carries a tag, when the merchant wants none any more.
CREATE INDEX told_standings_tagged ON told_standings (shop_id) WHERE tag IS NOT NULL;

-- Who has points or a tier already is told about, too.
INSERT INTO standing_changes (shop_id, profile_id, changed_at)
SELECT shop_id, profile_id, '2026-11-22'::timestamptz FROM ledger_accounts WHERE profile_id IS NOT NULL AND balance <> 0
UNION
SELECT shop_id, profile_id, '2026-11-22'::timestamptz FROM profile_tiers WHERE tier_id IS NOT NULL;
