import type { Tx } from '~/platform/db/index.server';
import { getShop } from './get-shop.server';
import { requestBackfill } from './request-backfill.server';

/** Asks for the import that belongs to this install, once per install. */
export async function ensureInstallBackfill(
  tx: Tx,
  input: { shopId: number; now: Date },
): Promise<{ requested: number }> {
  const { shopId, now } = input;
  const { installedAt } = await getShop(tx, { shopId });
  const known = await tx.backfillRun.count({
    where: { shopId, reason: 'install', startedAt: { gte: installedAt } },
  });
  return known > 0 ? { requested: 0 } : requestBackfill(tx, { shopId, reason: 'install', since: null, now });
}
