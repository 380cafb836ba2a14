-- What Prisma's schema language can't say: row-level security, partial indexes, the ledger's guards.

-- The role that tenant work runs as (see app/platform/db/with-shop.server.ts). Roles belong to the whole server, so two
-- databases may create it at the same moment.
DO $$ BEGIN
  CREATE ROLE perennial_tenant NOLOGIN NOBYPASSRLS;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$ BEGIN
  EXECUTE format('GRANT perennial_tenant TO %I', current_user);
EXCEPTION WHEN unique_violation OR SQLSTATE 'XX000' THEN NULL;
END $$;
GRANT USAGE ON SCHEMA public TO perennial_tenant;

-- Every migration that adds a table with shop_id calls this for it. A missing setting compares with NULL: no rows.
CREATE FUNCTION perennial_protect(tenant_table regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE sequence_name text;
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', tenant_table);
  EXECUTE format(
    'CREATE POLICY tenant ON %s TO perennial_tenant
       USING (shop_id = nullif(current_setting(''app.shop_id'', true), '''')::int)
       WITH CHECK (shop_id = nullif(current_setting(''app.shop_id'', true), '''')::int)', tenant_table);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO perennial_tenant', tenant_table);
  FOR sequence_name IN
    SELECT pg_get_serial_sequence(tenant_table::text, attname) FROM pg_attribute
    WHERE attrelid = tenant_table AND attnum > 0 AND NOT attisdropped AND pg_get_serial_sequence(tenant_table::text, attname) IS NOT NULL
  LOOP
    EXECUTE format('GRANT USAGE ON SEQUENCE %s TO perennial_tenant', sequence_name);
  END LOOP;
END $$;

DO $$ DECLARE t text; BEGIN
  FOR t IN SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'shop_id' LOOP
    PERFORM perennial_protect(t::regclass);
  END LOOP;
END $$;

-- A shop sees and changes its own row, and neither creates nor deletes shops.
ALTER TABLE shops ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON shops TO perennial_tenant
  USING (id = nullif(current_setting('app.shop_id', true), '')::int);
GRANT SELECT, UPDATE ON shops TO perennial_tenant;

-- Deliveries are keyed by domain. The drain marks them done in the tenant's own transaction; Health reads and retries them.
ALTER TABLE inbox_events ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON inbox_events TO perennial_tenant
  USING (shop_domain = nullif(current_setting('app.shop_domain', true), ''));
GRANT SELECT, UPDATE ON inbox_events TO perennial_tenant;

-- Claiming: the oldest pending deliveries of a shop.
CREATE INDEX inbox_events_pending ON inbox_events (shop_domain, id) WHERE status = 'pending';
-- The sweep: which shops have something due.
CREATE INDEX inbox_events_due ON inbox_events (next_attempt_at) WHERE status = 'pending';
-- The purge: what is older than 30 days.
CREATE INDEX inbox_events_received ON inbox_events (received_at);
-- Health: dead letters of a shop.
CREATE INDEX inbox_events_dead ON inbox_events (shop_domain, id) WHERE status = 'dead';
ALTER TABLE inbox_events ADD CONSTRAINT inbox_events_status CHECK (status IN ('pending', 'done', 'dead', 'ignored'));

-- Which shops have due flow runs; and a shop's due runs in order.
CREATE INDEX flow_runs_due ON flow_runs (due_at, shop_id) WHERE state = 'waiting';
CREATE INDEX flow_runs_due_of_shop ON flow_runs (shop_id, due_at) WHERE state = 'waiting';
-- Which shops have messages to deliver, or leases that ran out.
CREATE INDEX messages_deliverable ON messages (shop_id, next_attempt_at) WHERE status IN ('queued', 'sending');
-- Mail counted by the frequency cap.
CREATE INDEX messages_cap ON messages (shop_id, profile_id, sent_at) WHERE kind = 'marketing' AND status IN ('sent', 'unknown', 'sending', 'queued');
-- Open carts that may have become abandoned.
CREATE INDEX carts_open ON carts (shop_id, last_activity_at) WHERE state = 'open';
-- Consent changes Shopify has not been told yet.
CREATE INDEX consent_pushes_owed ON consent_pushes (shop_id, id) WHERE pushed_at IS NULL;
-- One points and one pending account per profile, one issued account per shop.
CREATE UNIQUE INDEX ledger_accounts_once ON ledger_accounts (shop_id, kind, COALESCE(profile_id, 0));
-- A guest profile is found by its address; a person has one live profile per address.
CREATE UNIQUE INDEX profiles_live_email ON profiles (shop_id, email) WHERE email IS NOT NULL AND merged_into_id IS NULL;
-- Search as the merchant types: prefix of names and e-mail.
CREATE INDEX profiles_search_email ON profiles (shop_id, email text_pattern_ops) WHERE merged_into_id IS NULL;
CREATE INDEX profiles_search_name ON profiles (shop_id, lower(first_name || ' ' || last_name) text_pattern_ops) WHERE merged_into_id IS NULL;
CREATE INDEX profiles_search_last_name ON profiles (shop_id, lower(last_name) text_pattern_ops) WHERE merged_into_id IS NULL;

-- The ledger: entries are only ever added, and each transaction's postings sum to zero.
CREATE FUNCTION perennial_ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Deleting a whole shop is the one exception, and names the shop it erases.
  IF TG_OP = 'DELETE' AND current_setting('app.erasing_shop_id', true) = OLD.shop_id::text THEN RETURN OLD; END IF;
  RAISE EXCEPTION 'the ledger is append-only: post a reversing transaction instead';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ledger_transactions FOR EACH ROW EXECUTE FUNCTION perennial_ledger_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON ledger_postings FOR EACH ROW EXECUTE FUNCTION perennial_ledger_append_only();

-- All postings of a transaction come in one statement; it is refused as a whole if one does not balance.
CREATE FUNCTION perennial_ledger_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM added GROUP BY shop_id, transaction_id HAVING sum(points) <> 0) THEN
    RAISE EXCEPTION 'the postings of a ledger transaction must sum to zero';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER balanced AFTER INSERT ON ledger_postings REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION perennial_ledger_balanced();
