import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
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
  'dev/extension-build.ts',
  'dev/build-server.mjs',
];
const ignored = new Set(['node_modules', 'dist', 'generated']);
const stamp = 'build/.stamp';

/** Builds app, server and extensions, unless the sources are those of the last build. */
export async function buildIfNeeded(appUrl: string): Promise<boolean> {
  // For whoever works on the demo itself: the last build is good enough.
  if (process.env.PERENNIAL_BUILD === 'keep' && existsSync(stamp)) return false;
  const wanted = await fingerprint(appUrl);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return false;
  await run(['npx', 'remix', 'vite:build']);
  await run(['node', 'dev/build-server.mjs']);
  await run(['npx', 'tsx', 'dev/extension-build.ts'], { APP_URL: appUrl });
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
  return true;
}

async function fingerprint(appUrl: string): Promise<string> {
  const hash = createHash('sha256').update(appUrl);
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
