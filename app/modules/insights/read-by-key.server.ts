import type { Tx } from '~/platform/db/index.server';

/**
 * For the rest of the transaction the planner looks rows up one by one instead of reading a whole shop to join it. It would
 * do the latter gladly: without statistics about shops it takes every shop for a small one (see the migrations named
 * `*_statistics`), and a page shows fifty of a million.
 */
export async function readByKey(tx: Tx): Promise<void> {
  await tx.$queryRaw`SELECT set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)`;
}
