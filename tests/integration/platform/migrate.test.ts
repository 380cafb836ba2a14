import { describe, expect, it } from 'vitest';
import { prisma } from '~/platform/db/index.server';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

describe('a database just migrated', () => {
  it('knows no tenant table as empty, so that plans made in its first minutes go along indexes', async () => {
    const tables = await prisma().$queryRaw<{ name: string; rows: number }[]>`
      SELECT k.relname AS name, k.reltuples AS rows FROM pg_class k
      JOIN information_schema.columns c ON c.table_schema = 'public' AND c.table_name = k.relname AND c.column_name = 'shop_id'
      WHERE k.relkind = 'r' AND k.relnamespace = 'public'::regnamespace`;
    expect(tables.length).toBeGreaterThan(30);
    expect(tables.filter(({ rows }) => rows < 1_000)).toEqual([]);
  });

  it('checks a foreign key by the primary key from the first row on', async () => {
    await prisma().$executeRaw`
      INSERT INTO ledger_transactions (shop_id, kind, idempotency_key, input_hash, occurred_at, created_at)
      VALUES (1, 'earn', 'first', 'hash', now(), now())`;
    const plan = await prisma().$queryRaw<{ 'QUERY PLAN': string }[]>`
      EXPLAIN SELECT 1 FROM ONLY ledger_transactions WHERE shop_id = 1 AND id = 1 FOR KEY SHARE`;
    const lines = plan.map((line) => line['QUERY PLAN']).join('\n');
    expect(lines).toContain('Index Scan using ledger_transactions_pkey');
  });
});
