import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../app/platform/db/embedded.server';
import { migrate } from '../../app/platform/db/migrate.server';
import { migrateQueue } from '../../app/platform/queue/migrate-queue.server';
import { withDatabase } from '../../dev/with-database';

declare module 'vitest' {
  export interface ProvidedContext {
    databaseServer: string;
    databaseTemplate: string;
  }
}

/** One PostgreSQL for the whole run; a template database is migrated once, each test file gets a clone of it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL;
  const server = given
    ? { url: given, stop: async () => {} }
    : await startEmbeddedPostgres({ dir: '.data/test-postgres', port: 54331, throwaway: true });
  const template = `perennial_template_${migrationsHash()}`;
  await ensureTemplate(server.url, template);
  project.provide('databaseServer', server.url);
  project.provide('databaseTemplate', template);
  return server.stop;
}

/** Of the migrations and of what applies them. */
function migrationsHash(): string {
  const hash = createHash('sha256');
  const directory = 'prisma/migrations';
  for (const name of readdirSync(directory).sort()) {
    const file = path.join(directory, name, 'migration.sql');
    hash.update(name).update(readFileSync(file));
  }
  for (const name of ['migrate', 'begin-statistics'])
    hash.update(readFileSync(path.join('app/platform/db', `${name}.server.ts`)));
  return hash.digest('hex').slice(0, 12);
}

async function ensureTemplate(serverUrl: string, template: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock(4711)'); // several runs may share the server
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
    if (rowCount) return;
    const building = `${template}_building`;
    await client.query(`DROP DATABASE IF EXISTS ${building}`);
    await client.query(`CREATE DATABASE ${building}`);
    const url = withDatabase(serverUrl, building);
    await migrate(url);
    await migrateQueue(url);
    await client.query(`ALTER DATABASE ${building} RENAME TO ${template}`);
  } finally {
    await client.end();
  }
}
