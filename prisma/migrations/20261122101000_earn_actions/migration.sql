-- Ways to earn points beyond orders.

-- What gives points, versioned: a change is a new row.
CREATE TABLE earn_actions (
  shop_id integer NOT NULL,
  code text NOT NULL,
  version integer NOT NULL,
  trigger text NOT NULL CHECK (trigger IN ('account_created', 'newsletter', 'birthday', 'order_anniversary', 'review', 'social_visit', 'custom')),
  title text NOT NULL,
  points integer NOT NULL CHECK (points BETWEEN 1 AND 1000000),
  enabled boolean NOT NULL,
  starts_on date,
  ends_on date,
  cap_times integer CHECK (cap_times BETWEEN 1 AND 1000),
  cap_period text NOT NULL CHECK (cap_period IN ('ever', 'year', 'month', 'day')),
  pending_days integer NOT NULL CHECK (pending_days BETWEEN 0 AND 365),
  minimum numeric(20,4) CHECK (minimum > 0),
  effective_from timestamptz(3) NOT NULL,
  PRIMARY KEY (shop_id, code, version)
);
SELECT perennial_protect('earn_actions');
ALTER TABLE earn_actions ALTER COLUMN shop_id SET STATISTICS 0;

-- What people did that may give points, once each, and what it has given so far.
CREATE TABLE earn_events (
  shop_id integer NOT NULL,
  id bigserial,
  profile_id bigint NOT NULL,
  code text NOT NULL,
  key text NOT NULL,
  occurred_at timestamptz(3) NOT NULL,
  amount numeric(20,4),
  held bigint NOT NULL DEFAULT 0,
  given bigint NOT NULL DEFAULT 0,
  moves integer NOT NULL DEFAULT 0,
  due_at timestamptz(3),
  PRIMARY KEY (shop_id, id)
);
-- The same happening told twice.
CREATE UNIQUE INDEX earn_events_once ON earn_events (shop_id, code, key);
-- What a person did: their cap, a merge.
CREATE INDEX earn_events_of_profile ON earn_events (shop_id, profile_id, code);
-- Pending points whose time has come.
CREATE INDEX earn_events_due ON earn_events (shop_id, due_at) WHERE due_at IS NOT NULL;
SELECT perennial_protect('earn_events');
ALTER TABLE earn_events ALTER COLUMN shop_id SET STATISTICS 0;

-- Day and month only: the year is nobody's business.
CREATE TABLE birthdays (
  shop_id integer NOT NULL,
  profile_id bigint NOT NULL,
  month smallint NOT NULL CHECK (month BETWEEN 1 AND 12),
  day smallint NOT NULL CHECK (day BETWEEN 1 AND 31),
  told_at timestamptz(3) NOT NULL,
  PRIMARY KEY (shop_id, profile_id)
);
-- Whose birthday a day is.
CREATE INDEX birthdays_of_day ON birthdays (shop_id, month, day);
SELECT perennial_protect('birthdays');
ALTER TABLE birthdays ALTER COLUMN shop_id SET STATISTICS 0;

-- The key of the API, and up to which day birthdays and anniversaries were looked for.
CREATE TABLE earn_settings (
  shop_id integer PRIMARY KEY,
  key_hash text,
  key_hint text,
  key_made_at timestamptz(3),
  calls_since timestamptz(3),
  calls integer NOT NULL DEFAULT 0,
  celebrated_through date
);
SELECT perennial_protect('earn_settings');
ALTER TABLE earn_settings ALTER COLUMN shop_id SET STATISTICS 0;
