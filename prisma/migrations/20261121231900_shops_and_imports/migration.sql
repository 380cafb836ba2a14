-- Scopes are told by a topic of their own: a newer name must not hide older scopes.
ALTER TABLE shops ADD COLUMN scopes_updated_at TIMESTAMPTZ(3);

-- One open import per kind, so that asking for one twice is asking once; and the sweep: which shops have one open.
CREATE UNIQUE INDEX backfill_runs_open ON backfill_runs (shop_id, kind) WHERE status IN ('requested', 'running', 'ingesting');
ALTER TABLE backfill_runs ADD CONSTRAINT backfill_runs_status CHECK (status IN ('requested', 'running', 'ingesting', 'done', 'failed'));
-- Starts of a bulk operation that Shopify refused or that ended without a result; it is given up after a few.
ALTER TABLE backfill_runs ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
