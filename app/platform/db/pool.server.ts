import { Pool } from 'pg';
import { env } from '../env.server';
import { log } from '../log.server';
import { remember } from '../remember.server';

declare global {
  interface PerennialSingletons {
    pool: Pool;
    databaseUrl: { value: string | undefined };
  }
}

const chosen = remember('databaseUrl', () => ({ value: undefined }));

/** Where the database is: DATABASE_URL, or what `useDatabase` was told when the embedded server was started. */
export function databaseUrl(): string {
  const url = chosen.value ?? env().DATABASE_URL;
  if (!url) throw new Error('No database: set DATABASE_URL, or start the embedded server first.');
  return url;
}

/** For the start-up code that runs the embedded server, before anything connects. */
export function useDatabase(url: string): void {
  chosen.value = url;
}

/** The plain pg pool: for the webhook receiver and health checks, where an ORM would only cost time. Runs as the owner. */
export function pool(): Pool {
  return remember('pool', () => {
    const created = new Pool({
      connectionString: databaseUrl(),
      max: Math.max(2, Math.floor(env().DATABASE_POOL_SIZE / 2)),
      connectionTimeoutMillis: 5_000,
    });
    // An idle connection that the server cuts raises here; the pool replaces it, so it is a line in the log and no more.
    created.on('error', (error) => log.warn({ err: error }, 'database connection lost'));
    return created;
  });
}
