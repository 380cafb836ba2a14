import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { pool, prisma, useDatabase } from '~/platform/db/index.server';
import { closeQueues } from '~/platform/queue/queue.server';
import { clock } from '~/platform/clock.server';

/**
 * Call once at the top of a test file: gives the file a fresh database (a clone of the migrated template) and drops it
 * at the end. Returns its URL, for tests that start processes.
 */
export function useTestDatabase(): { url: () => string } {
  const name = `perennial_test_${randomBytes(6).toString('hex')}`;
  const url = new URL(inject('databaseServer'));
  url.pathname = `/${name}`;

  beforeAll(async () => {
    await onServer(async (client) => {
      await client.query('SELECT pg_advisory_lock(4712)'); // cloning needs the template to itself
      await client.query(`CREATE DATABASE ${name} TEMPLATE ${inject('databaseTemplate')}`);
    });
    useDatabase(url.toString());
  });

  afterAll(async () => {
    clock.moveTo(0);
    await closeQueues();
    await prisma().$disconnect();
    await pool().end();
    globalThis.perennialSingletons = undefined;
    await onServer((client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  });

  return { url: () => url.toString() };
}

async function onServer(work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: inject('databaseServer') });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
