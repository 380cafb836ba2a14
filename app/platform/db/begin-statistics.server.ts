import type { Client } from 'pg';

/**
 * Gives tables that are still empty the statistics of tables in use; the first ANALYZE replaces them. Foreign keys are
 * checked with a plan that is made once per connection, from what is known of a table then. An index that a migration adds
 * to an empty table leaves the note that it has no rows; each check then reads the whole table. Idempotent. PostgreSQL 18
 * and later; before, only the first minutes of a new database are slow.
 */
export async function beginStatistics(client: Client): Promise<void> {
  const { rowCount: canRestore } = await client.query(
    `SELECT FROM pg_proc WHERE proname = 'pg_restore_relation_stats'`,
  );
  if (!canRestore) return;
  await client.query(
    `SELECT pg_restore_relation_stats('schemaname', 'public', 'relname', k.relname::text, 'relpages', 1, 'reltuples', 1000::real)
     FROM pg_class k JOIN pg_attribute a ON a.attrelid = k.oid AND a.attname = 'shop_id'
     WHERE k.relnamespace = 'public'::regnamespace AND k.relkind = 'r' AND k.reltuples <= 0`,
  );
}
