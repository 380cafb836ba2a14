import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { diffSchemas } from '../../../dev/schema/engine';
import { useTestDatabase } from '../../setup/database';

const migrated = useTestDatabase();

describe('the Prisma schema and the migrations', () => {
  const name = `perennial_schema_${randomBytes(4).toString('hex')}`;
  const drawn = new URL(inject('databaseServer'));
  drawn.pathname = `/${name}`;

  beforeAll(async () => {
    await query(inject('databaseServer'), `CREATE DATABASE ${name}`);
    const files = readdirSync('prisma/schema').map((file) => ({
      path: file,
      content: readFileSync(`prisma/schema/${file}`, 'utf8'),
    }));
    await query(drawn.toString(), await diffSchemas([], files, drawn.toString()));
  });

  afterAll(() => query(inject('databaseServer'), `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));

  it('describe the same columns', async () => {
    const columns = `SELECT table_name, column_name, data_type, is_nullable, numeric_precision, numeric_scale, datetime_precision, column_default
      FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_prisma_migrations' ORDER BY 1, 2`;
    expect(await query(migrated.url(), columns)).toEqual(await query(drawn.toString(), columns));
  });

  it('agree on every index and key that Prisma knows of', async () => {
    // Columns an index only carries along (INCLUDE) are beyond Prisma's language.
    const indexes = `SELECT indexname, regexp_replace(indexdef, ' INCLUDE \\(.*?\\)', '') AS indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY 1`;
    const inDatabase = await query(migrated.url(), indexes);
    const missing = (await query(drawn.toString(), indexes)).filter(
      (index) => !inDatabase.some((known) => isDeepStrictEqual(known, index)),
    );
    expect(missing).toEqual([]);
  });
});

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql);
    return rows;
  } finally {
    await client.end();
  }
}
