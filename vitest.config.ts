import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/setup/longest-first';

const app = fileURLToPath(new URL('./app', import.meta.url));

export default defineConfig({
  resolve: { alias: { '~': app } },
  test: {
    // Files of all projects share these workers, so that two databases are open at most.
    pool: 'forks',
    poolOptions: { forks: { minForks: 1, maxForks: 2 } },
    sequence: { sequencer: LongestFirst },
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    projects: [
      {
        // Pure rules, and the rules about the code itself. No database, no network.
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.{ts,tsx}', 'tests/architecture/**/*.test.ts'],
          setupFiles: ['tests/setup/env.ts'],
          testTimeout: 10_000,
        },
      },
      {
        // Modules, processes and the HTTP server on a real PostgreSQL and a real queue. A file owns its database.
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts', 'tests/http/**/*.test.ts'],
          globalSetup: ['tests/setup/global.ts'],
          setupFiles: ['tests/setup/env.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        // Preact extensions in jsdom, against the typed stand-in of Shopify's `shopify` global.
        extends: true,
        esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
        test: {
          name: 'extensions',
          include: ['tests/extensions/**/*.test.{ts,tsx}'],
          environment: 'jsdom',
          // Shopify's CLI replaces this expression at build time.
          env: { APP_URL: 'https://app.example' },
          // The tester imports the extension's .tsx itself, which only Vite can load.
          server: { deps: { inline: ['@shopify/ui-extensions-tester'] } },
          testTimeout: 10_000,
        },
      },
      {
        // A person's journeys in Chromium against the built app and the stand-in store, and the built app killed.
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/setup/e2e.ts'],
          testTimeout: 120_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
