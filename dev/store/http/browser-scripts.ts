import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { Router } from 'express';

const SCRIPTS = ['app-bridge', 'admin-frame', 'checkout-page', 'extension-host'] as const;

/** Bundles a script of `browser/` once, when it is first asked for. */
export function browserScriptRoutes(): Router {
  const router = Router();
  const built = new Map<string, Promise<string>>();
  for (const name of SCRIPTS) {
    router.get(`/${name}.js`, (_request, response) => {
      const script = built.get(name) ?? bundle(name);
      built.set(name, script);
      void script.then(
        (text) => response.type('application/javascript').send(text),
        (error: unknown) => response.status(500).type('text').send(String(error)),
      );
    });
  }
  return router;
}

async function bundle(name: string): Promise<string> {
  const entry = fileURLToPath(new URL(`../browser/${name}.ts`, import.meta.url));
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
  });
  return result.outputFiles[0]?.text ?? '';
}
