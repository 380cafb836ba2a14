import type { Client } from 'pg';

/**
 * Gives tables that are still empty the statistics of tables in use; the first ANALYZE replaces them. Foreign keys are
 * checked with a plan that is made once per connection, from what is known of a table then. An index that a migration adds
 * to an empty table leaves the note that it has no rows; each check then reads the whole table, and 6,000 rows later a
 * posting takes five times as long. Idempotent. PostgreSQL 18 and later; before, only the first minutes of a new database
 * are slow.
 */
export async function beginStatistics(client: Client): Promise<void> {
  await client.query(`
    DO $$ DECLARE t text; BEGIN
      IF current_setting('server_version_num')::int < 180000 THEN RETURN; END IF;
      FOR t IN
        SELECT c.table_name FROM information_schema.columns c
        JOIN pg_class k ON k.oid = format('public.%I', c.table_name)::regclass AND k.relkind = 'r' AND k.reltuples <= 0
        WHERE c.table_schema = 'public' AND c.column_name = 'shop_id'
      LOOP
        EXECUTE 'SELECT pg_restore_relation_stats(''schemaname'', ''public'', ''relname'', $1, ''relpages'', 1, ''reltuples'', 1000::real)' USING t;
      END LOOP;
    END $$`);
}
