import type { UninstallFact } from '~/modules/shops/types';
import type { Tx } from '~/platform/db/index.server';

export async function appUninstalled(_tx: Tx, _input: { shopId: number; facts: UninstallFact[]; now: Date }): Promise<void> {
  throw new Error('appUninstalled is being built');
}
