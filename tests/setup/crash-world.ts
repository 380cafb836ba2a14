import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { startEmbeddedPostgres, stopLeftoverPostgres } from '~/platform/db/embedded.server';
import { migrate, useDatabase } from '~/platform/db/index.server';
import { migrateQueue } from '~/platform/queue/migrate-queue.server';

const dir = path.resolve('.data/crash/postgres');
const port = 54_379;

export interface ServerProcess {
  /** `kill -9`. */
  kill: () => Promise<void>;
  /** What a deployment does. Resolves to the exit code. */
  terminate: () => Promise<number | null>;
}

/** A PostgreSQL of the test's own, which it may treat as badly as it likes. */
export async function startDatabase(): Promise<string> {
  await stopLeftoverPostgres(dir);
  rmSync(dir, { recursive: true, force: true });
  const { url } = await startEmbeddedPostgres({ dir, port });
  await migrate(url);
  await migrateQueue(url);
  useDatabase(url);
  return url;
}

/** Stops PostgreSQL under everybody who uses it, and starts it again. */
export async function restartDatabase(): Promise<void> {
  await stopDatabase();
  await sleep(1_500);
  await startEmbeddedPostgres({ dir, port });
}

export async function stopDatabase(): Promise<void> {
  await stopLeftoverPostgres(dir);
}

/** The built app in a process of its own; resolves once it says that it runs. */
export async function startServer(env: Record<string, string>): Promise<ServerProcess> {
  const child = spawn('node', ['build/server.mjs'], {
    env: { ...process.env, ...env, NODE_ENV: 'production', REDIS_URL: '', LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  await running(child);
  return {
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
    terminate: () => {
      child.kill('SIGTERM');
      return gone;
    },
  };
}

function running(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    if (!child.stdout) throw new Error('no output');
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.includes('Perennial is running')) resolve();
    });
  });
}

/** Cuts the connections of everybody but the one asking. Returns how many there were. */
export async function cutConnections(url: string): Promise<number> {
  const rows = await ask(
    url,
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  );
  return rows.length;
}

/**
 * What time would do after a process died: the locks of its jobs and the leases of its mails run out (15 seconds, 2 minutes,
 * and 15 minutes once handed over).
 */
export async function letLeasesRunOut(url: string): Promise<void> {
  await ask(url, `UPDATE bullmq.job SET locked_until_ms = 0, stalled_marked = true WHERE state = 'active'`);
  await ask(url, `DELETE FROM bullmq.meta WHERE field = 'stalled-check'`);
  await ask(
    url,
    `UPDATE messages SET lease_until = lease_until - interval '1 hour' WHERE status = 'sending'`,
  );
}

/** One statement on a connection of its own: nothing of the app's, which may just have been cut. */
export async function ask(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(text, values);
    return rows;
  } finally {
    await client.end();
  }
}
