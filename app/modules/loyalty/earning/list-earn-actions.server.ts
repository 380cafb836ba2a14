import type { Tx } from '~/platform/db/index.server';
import type { EarnAction } from './earn-action';
import { readEarnActions } from './read-earn-actions.server';

/** The ways to earn as they are now (the newest version of each), by code. */
export async function listEarnActions(tx: Tx, { shopId }: { shopId: number }): Promise<EarnAction[]> {
  const versions = await readEarnActions(tx, { shopId });
  return [...versions.values()].flatMap((all) => all.at(-1) ?? []);
}
