import type { Tx } from '~/platform/db/index.server';
import { finishRedactions } from './carry-out-redactions.server';
import { continueErasure } from './carry-out-shop-redactions.server';
import { dropOldExports } from './drop-old-exports.server';
import { scrubDeliveries } from './scrub-deliveries.server';

const deliveriesAtOnce = 5_000;

/**
 * What time brings in a shop: goes on with an erasure that was too big for one transaction, searches new deliveries for
 * erased people, drops old exports. Call it again, in a transaction of its own, while it says that there is more.
 */
export async function sweepPrivacy(tx: Tx, input: { shopId: number; now: Date }): Promise<{ more: boolean }> {
  const { shopId, now } = input;
  const erasing = await tx.privacyRequest.count({ where: { shopId, kind: 'shop_redact', status: 'open' } });
  if (erasing > 0) return { more: !(await continueErasure(tx, { shopId })).finished };
  await dropOldExports(tx, { shopId, now });
  const erased = await tx.profileIdentity.count({ where: { shopId, kind: 'redacted' } });
  if (erased === 0) return { more: false };
  const { finished } = await scrubDeliveries(tx, { shopId, limit: deliveriesAtOnce, now });
  if (finished) await finishRedactions(tx, { shopId, now });
  return { more: !finished };
}
