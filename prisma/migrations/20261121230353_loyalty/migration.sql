-- What the ledger needs beyond its tables.

-- The shop's counter-account has no stored balance: one row that every posting of a shop updates would make them all wait
-- for each other. It is minus the sum of the others, by construction.
ALTER TABLE ledger_accounts ALTER COLUMN balance DROP NOT NULL;
UPDATE ledger_accounts SET balance = NULL WHERE kind = 'issued';
ALTER TABLE ledger_accounts ADD CONSTRAINT ledger_accounts_balance CHECK ((kind = 'issued') = (balance IS NULL));
ALTER TABLE ledger_accounts ADD CONSTRAINT ledger_accounts_kind
  CHECK ((kind = 'issued' AND profile_id IS NULL) OR (kind IN ('points', 'pending') AND profile_id IS NOT NULL));
ALTER TABLE ledger_transactions ADD CONSTRAINT ledger_transactions_kind CHECK (kind IN ('earn', 'release', 'reverse', 'adjust', 'merge'));
ALTER TABLE ledger_postings ADD CONSTRAINT ledger_postings_not_zero CHECK (points <> 0);

-- The free text a member of staff wrote may name a person. Erasure may blank it; nothing else of an entry ever changes.
CREATE OR REPLACE FUNCTION perennial_ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Deleting a whole shop is one exception, and names the shop it erases.
  IF TG_OP = 'DELETE' AND current_setting('app.erasing_shop_id', true) = OLD.shop_id::text THEN RETURN OLD; END IF;
  -- Forgetting a person is the other.
  IF TG_OP = 'UPDATE' AND current_setting('app.forgetting_shop_id', true) = OLD.shop_id::text
    AND to_jsonb(NEW) = to_jsonb(OLD) || '{"reason": null}' THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'the ledger is append-only: post a reversing transaction instead';
END $$;

-- Orders whose points are not spendable yet; a row goes when they are released or taken back. A projection.
CREATE TABLE point_holds (
  shop_id integer NOT NULL,
  order_id bigint NOT NULL,
  due_at timestamptz(3) NOT NULL,
  PRIMARY KEY (shop_id, order_id)
);
SELECT perennial_protect('point_holds');
-- Which shops have points to release, and a shop's due ones in order.
CREATE INDEX point_holds_due ON point_holds (shop_id, due_at);

-- What the last comparison of balances and postings found, for the Health page.
CREATE TABLE ledger_audits (
  shop_id integer PRIMARY KEY,
  checked_at timestamptz(3) NOT NULL,
  accounts integer NOT NULL,
  drifted integer NOT NULL,
  unbalanced bigint NOT NULL
);
SELECT perennial_protect('ledger_audits');
