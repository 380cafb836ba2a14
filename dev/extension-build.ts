import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '..');

/** The extensions that run in a shopper's browser. */
export const uiExtensions = ['loyalty-checkout', 'loyalty-account', 'loyalty-order'];

/** Shopify refuses 64 KB; a shopper on a train deserves less. */
export const compressedLimit = 20 * 1024;

export interface ExtensionBundle {
  file: string;
  bytes: number;
  compressedBytes: number;
}

/**
 * Bundles a UI extension the way `shopify app build` does (same entry, target and flags), in a tenth of a second and
 * without Shopify's CLI. `appUrl` takes the place of `process.env.APP_URL`.
 */
export async function buildExtension(name: string, appUrl: string): Promise<ExtensionBundle> {
  const directory = path.join(root, 'extensions', name);
  const file = path.join(directory, 'dist', `${name}.js`);
  await build({
    stdin: { contents: entry(await targets(directory)), resolveDir: directory, loader: 'tsx' },
    outfile: file,
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es6',
    supported: { 'async-await': false },
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    sourcemap: true,
    logLevel: 'warning',
    define: {
      'process.env.APP_URL': JSON.stringify(appUrl.replace(/\/+$/, '')),
      'process.env.NODE_ENV': '"production"',
    },
  });
  return measureExtension(name);
}

/** The bundle that is there, whoever built it. */
export async function measureExtension(name: string): Promise<ExtensionBundle> {
  const file = path.join(root, 'extensions', name, 'dist', `${name}.js`);
  if (!existsSync(file)) throw new Error(`${file} has not been built`);
  const { size } = await stat(file);
  return { file, bytes: size, compressedBytes: gzipSync(await readFile(file), { level: 9 }).length };
}

export function describeBundle(bundle: ExtensionBundle): string {
  const kb = (bytes: number) => (bytes / 1024).toFixed(1);
  return `${path.relative(root, bundle.file)}: ${kb(bundle.bytes)} KB, ${kb(bundle.compressedBytes)} KB compressed (limit ${kb(compressedLimit)} KB)`;
}

interface Target {
  target: string;
  module: string;
}

async function targets(directory: string): Promise<Target[]> {
  const toml = await readFile(path.join(directory, 'shopify.extension.toml'), 'utf8');
  const found = toml
    .split('[[extensions.targeting]]')
    .slice(1)
    .map((section) => ({ target: stringValue(section, 'target'), module: stringValue(section, 'module') }));
  if (found.length === 0) throw new Error(`${directory} has no [[extensions.targeting]]`);
  return found;
}

function stringValue(section: string, key: string): string {
  const value = new RegExp(`^${key}\\s*=\\s*"([^"]+)"`, 'm').exec(section)?.[1];
  if (value === undefined) throw new Error(`[[extensions.targeting]] has no ${key}`);
  return value;
}

function entry(all: Target[]): string {
  return all
    .map(
      ({ target, module }, index) =>
        `import Target_${index} from '${module}';\nshopify.extend('${target}', (...args) => Target_${index}(...args));`,
    )
    .join('\n');
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const name of uiExtensions) {
    const bundle = await buildExtension(name, process.env.APP_URL ?? 'http://localhost:3000');
    console.log(describeBundle(bundle));
    if (bundle.compressedBytes <= compressedLimit) continue;
    console.error(
      'Too large for a shopper. `dist/*.metafile.json` of `shopify app build` shows what takes the room.',
    );
    process.exitCode = 1;
  }
}
