import type { Tx } from '~/platform/db/index.server';
import { signalHandles, type SignalUses } from './signal';

/**
 * What a shop's workflows begin with, and since when. Shopify names a trigger by an id of its own in some shops: one that is
 * not known counts for all, as telling too much starts nothing and telling too little does.
 */
export async function listSignalUses(tx: Tx, { shopId }: { shopId: number }): Promise<SignalUses> {
  const rows = await tx.signalUse.findMany({ where: { shopId, inUse: true }, orderBy: { since: 'desc' } });
  const uses: SignalUses = new Map();
  for (const { triggerId, since } of rows) {
    const known = signalHandles.find((handle) => handle === triggerId);
    for (const handle of known ? [known] : signalHandles) uses.set(handle, since);
  }
  return uses;
}
