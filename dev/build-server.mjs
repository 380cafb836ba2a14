// Bundles server.ts (HTTP server and worker) into build/server.mjs. Packages stay outside: production installs them. The
// app itself is built by Remix into build/server and build/client, which the server loads when it starts.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '..');

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['server.ts'],
  outfile: 'build/server.mjs',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  packages: 'external',
  tsconfig: 'tsconfig.json',
  sourcemap: true,
  sourcesContent: false,
  metafile: true,
  logLevel: 'warning',
  plugins: [
    { name: 'remix-build-stays-outside', setup: leaveRemixBuildOutside },
    { name: 'parts-of-react-email', setup: takeInReactEmail },
  ],
});

const unresolved = Object.values(metafile.outputs).flatMap(({ imports }) =>
  imports.filter(({ path: file }) => file.startsWith('~/')).map(({ path: file }) => file),
);
// A file that does not exist looks like a package to esbuild; better to hear of it now than when the server starts.
if (unresolved.length > 0) throw new Error(`no such file: ${unresolved.join(', ')}`);

const [file, output] = Object.entries(metafile.outputs).find(([name]) => name.endsWith('.mjs')) ?? [];
console.log(`${file} ${((output?.bytes ?? 0) / 1024).toFixed(0)} KB`);

/** From build/server.mjs the Remix build is a neighbour. */
function leaveRemixBuildOutside(/** @type {import('esbuild').PluginBuild} */ { onResolve }) {
  onResolve({ filter: /build\/server\/index\.js$/ }, () => ({ path: './server/index.js', external: true }));
}

/**
 * All of React Email's components come from one file, which also loads a style compiler and a syntax highlighter. Bundled,
 * what mails do not use falls away: 40 MB of memory and half a second of start.
 */
function takeInReactEmail(/** @type {import('esbuild').PluginBuild} */ { onResolve, onLoad }) {
  onResolve({ filter: /^@react-email\// }, ({ path: name, importer }) => {
    if (name !== '@react-email/render')
      return { path: fileURLToPath(import.meta.resolve(name)), sideEffects: false };
    // Handed on by that file, where nothing here asks for it; an outside module would keep all the others.
    return importer.includes('node_modules') ? { path: name, namespace: 'left-out' } : { external: true };
  });
  onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: '' }));
}
