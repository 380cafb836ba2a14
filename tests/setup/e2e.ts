import type { TestProject } from 'vitest/node';
import { startStack, type Stack } from '../../dev/demo/stack';

declare module 'vitest' {
  export interface ProvidedContext {
    stack: Omit<Stack, 'stop'>;
  }
}

/** The whole product, built and running, once for all browser tests: PostgreSQL, stand-in store, inbox, app and worker. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { stop, ...stack } = await startStack({
    dataDir: '.data/e2e',
    ports: { app: 3210, store: 4210, inbox: 4235, smtp: 2735, postgres: 54_369 },
    fresh: true,
    throwaway: true,
    say: (line) => process.stdout.write(`e2e: ${line}\n`),
  });
  project.provide('stack', stack);
  return stop;
}
