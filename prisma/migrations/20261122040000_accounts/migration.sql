-- Points that expire, and the books by day.

-- Another kind of entry, whatever kinds there are by now.
DO $$ DECLARE kinds text; BEGIN
  SELECT string_agg(quote_literal(kind), ', ') INTO kinds FROM (
    SELECT (regexp_matches(pg_get_constraintdef(oid), '''(\w+)''', 'g'))[1] AS kind
    FROM pg_constraint WHERE conname = 'ledger_transactions_kind'
    UNION SELECT 'expire') known;
  ALTER TABLE ledger_transactions DROP CONSTRAINT ledger_transactions_kind;
  EXECUTE format('ALTER TABLE ledger_transactions ADD CONSTRAINT ledger_transactions_kind CHECK (kind IN (%s))', kinds);
END $$;

-- The books of the days that are not closed yet.
CREATE INDEX ledger_transactions_booked ON ledger_transactions (shop_id, created_at);

-- When points expire, versioned: a change is a new row.
CREATE TABLE expiry_rules (
  shop_id integer NOT NULL,
  version integer NOT NULL,
  mode text NOT NULL CHECK (mode IN ('never', 'age', 'inactivity')),
  days integer NOT NULL CHECK (days BETWEEN 1 AND 3650),
  effective_from timestamptz(3) NOT NULL,
  PRIMARY KEY (shop_id, version)
);
SELECT perennial_protect('expiry_rules');
ALTER TABLE expiry_rules ALTER COLUMN shop_id SET STATISTICS 0;

-- What the merchant says about the programme as a whole.
CREATE TABLE loyalty_settings (
  shop_id integer PRIMARY KEY,
  point_value numeric(12,4) CHECK (point_value > 0),
  updated_at timestamptz(3) NOT NULL
);
SELECT perennial_protect('loyalty_settings');
ALTER TABLE loyalty_settings ALTER COLUMN shop_id SET STATISTICS 0;

-- The sums of a day that is over, by kind and account. A projection of the ledger.
CREATE TABLE ledger_days (
  shop_id integer NOT NULL,
  day date NOT NULL,
  kind text NOT NULL,
  account text NOT NULL,
  points bigint NOT NULL,
  PRIMARY KEY (shop_id, day, kind, account)
);
SELECT perennial_protect('ledger_days');
ALTER TABLE ledger_days ALTER COLUMN shop_id SET STATISTICS 0;

-- Up to which day, in which time zone, the days are stored.
CREATE TABLE ledger_closings (
  shop_id integer PRIMARY KEY,
  time_zone text NOT NULL,
  open_from date NOT NULL
);
SELECT perennial_protect('ledger_closings');
ALTER TABLE ledger_closings ALTER COLUMN shop_id SET STATISTICS 0;
