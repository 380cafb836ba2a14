import { doubtStandings } from '~/modules/loyalty/index.server';
import { withholdQueued } from '~/modules/messaging/index.server';
import { deleteSessions } from '~/modules/privacy/index.server';
import { markUninstalled } from '~/modules/shops/index.server';
import type { UninstallFact } from '~/modules/shops/types';
import type { Tx } from '~/platform/db/index.server';

/**
 * The app was removed: nothing is sent any more, and the keys to the shop are thrown away. Flow runs hold their place (they
 * do not move while the shop is gone, and go on after a new install); data stays until shop/redact. An uninstall told
 * after a new install changes nothing.
 */
export async function appUninstalled(
  tx: Tx,
  { shopId, facts, now }: { shopId: number; facts: UninstallFact[]; now: Date },
): Promise<void> {
  for (const { occurredAt } of facts) {
    const { uninstalled } = await markUninstalled(tx, { shopId, occurredAt, now });
    if (!uninstalled) continue;
    await withholdQueued(tx, { shopId });
    await deleteSessions(tx, { shopId });
    await doubtStandings(tx, { shopId, now });
  }
}
