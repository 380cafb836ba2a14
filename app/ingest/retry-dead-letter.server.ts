import { getShop } from '~/modules/shops/index.server';
import type { Tx } from '~/platform/db/index.server';
import { notFound } from '~/platform/errors';

/**
 * Puts a dead delivery back in the queue with all its tries. Enqueue `ingest.drain` after the commit, or let the sweep
 * find it. Throws `not_found` when it is not there, not dead or of another shop.
 */
export async function retryDeadLetter(
  tx: Tx,
  input: { shopId: number; id: bigint; now: Date },
): Promise<{ shopDomain: string }> {
  const { domain } = await getShop(tx, input);
  const { count } = await tx.inboxEvent.updateMany({
    where: { id: input.id, shopDomain: domain, status: 'dead' },
    data: { status: 'pending', attempts: 0, nextAttemptAt: input.now, processedAt: null, error: null },
  });
  if (count === 0) throw notFound('delivery');
  return { shopDomain: domain };
}
