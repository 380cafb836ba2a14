import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { run } from './child';

const sources = [
  'app',
  'extensions',
  'public',
  'server.ts',
  'vite.config.ts',
  'package-lock.json',
  'shopify.app.toml',
  'dev/build-server.mjs',
];
const ignored = new Set(['node_modules', 'dist', 'generated']);
const stamp = 'build/.stamp';

/** Builds app, server and extensions; app and server only when the sources are not those of their last build. */
export async function buildIfNeeded(appUrl: string): Promise<boolean> {
  const built = await buildAppIfNeeded();
  // They know the app's address, and the last ones may have been built for another. A matter of a second.
  await run(['npx', 'tsx', 'dev/extension-build.ts'], { APP_URL: appUrl });
  return built;
}

async function buildAppIfNeeded(): Promise<boolean> {
  // For whoever works on the demo itself: the last build is good enough.
  if (process.env.PERENNIAL_BUILD === 'keep' && existsSync(stamp)) return false;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === (await fingerprint())) return false;
  await run(['npx', 'remix', 'vite:build']);
  await run(['node', 'dev/build-server.mjs']);
  await noteAppBuild();
  return true;
}

/** App and server have just been built from the sources as they are: nobody needs to do it again. */
export async function noteAppBuild(): Promise<void> {
  writeFileSync(stamp, await fingerprint());
}

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const file of await filesUnder(source)) hash.update(file).update(readFileSync(file));
  }
  return hash.digest('hex');
}

async function filesUnder(entry: string): Promise<string[]> {
  if (!statSync(entry).isDirectory()) return [entry];
  const children = await readdir(entry, { withFileTypes: true });
  const nested = children
    .filter((child) => !ignored.has(child.name))
    .sort((a, b) => a.name.localeCompare(b.name))
    .map((child) => filesUnder(path.join(entry, child.name)));
  return (await Promise.all(nested)).flat();
}
