-- Points given or taken by hand for many people at once: a batch with a line for each of them.
CREATE TABLE point_batches (
  shop_id integer NOT NULL,
  id bigserial NOT NULL,
  create_key text NOT NULL,
  source text NOT NULL CONSTRAINT point_batches_source CHECK (source IN ('file', 'tier', 'orders')),
  title text NOT NULL,
  reason text NOT NULL,
  staff text NOT NULL,
  undone_by text,
  status text NOT NULL CONSTRAINT point_batches_status CHECK (status IN ('draft', 'posting', 'posted', 'undoing', 'undone')),
  lines integer NOT NULL,
  failed integer NOT NULL,
  posted_to integer NOT NULL DEFAULT 0,
  undone_to integer NOT NULL DEFAULT 0,
  people integer NOT NULL DEFAULT 0,
  given bigint NOT NULL DEFAULT 0,
  taken bigint NOT NULL DEFAULT 0,
  took_back bigint NOT NULL DEFAULT 0,
  gave_back bigint NOT NULL DEFAULT 0,
  kept bigint NOT NULL DEFAULT 0,
  created_at timestamptz(3) NOT NULL,
  started_at timestamptz(3),
  finished_at timestamptz(3),
  undo_started_at timestamptz(3),
  undone_at timestamptz(3),
  uploads_dropped_at timestamptz(3),
  PRIMARY KEY (shop_id, id)
);
SELECT perennial_protect('point_batches');
ALTER TABLE point_batches ALTER COLUMN shop_id SET STATISTICS 0;
-- The form that made it: sending it again makes no second batch.
CREATE UNIQUE INDEX point_batches_once ON point_batches (shop_id, create_key);
-- What is to be posted or undone.
CREATE INDEX point_batches_due ON point_batches (shop_id, id) WHERE status IN ('posting', 'undoing');
-- Uploads that have been kept long enough.
CREATE INDEX point_batches_kept ON point_batches (shop_id, created_at) WHERE uploads_dropped_at IS NULL;

-- `posted` is what the ledger was told, null before and for lines that have a problem.
CREATE TABLE point_batch_lines (
  shop_id integer NOT NULL,
  batch_id bigint NOT NULL,
  line integer NOT NULL,
  who text,
  profile_id bigint,
  points integer,
  reason text,
  problem text,
  posted integer,
  undone integer,
  PRIMARY KEY (shop_id, batch_id, line),
  FOREIGN KEY (shop_id, batch_id) REFERENCES point_batches (shop_id, id) ON DELETE CASCADE
);
SELECT perennial_protect('point_batch_lines');
ALTER TABLE point_batch_lines ALTER COLUMN shop_id SET STATISTICS 0;
-- What is held on a person, for exports and erasure.
CREATE INDEX point_batch_lines_of_profile ON point_batch_lines (shop_id, profile_id);
-- Addresses of people nobody knows, for erasure.
CREATE INDEX point_batch_lines_who ON point_batch_lines (shop_id, who) WHERE who IS NOT NULL;
