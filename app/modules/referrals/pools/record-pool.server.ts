import type { Tx } from '~/platform/db/index.server';
import { findProgramme } from '../find-programme.server';
import { ensurePool } from './ensure-pool.server';

export type PoolOutcome =
  { discountId: bigint } | { refused: string } | { notEnded: string } | 'gone' | 'closed';

/**
 * What came of making the discount of a pool in Shopify, or of ending it; `gone`: somebody has deleted it there, and another
 * takes its place. Idempotent.
 */
export async function recordPool(
  tx: Tx,
  { shopId, poolId, outcome, now }: { shopId: number; poolId: bigint; outcome: PoolOutcome; now: Date },
): Promise<void> {
  const where = { shopId, id: poolId };
  if (outcome === 'closed' || outcome === 'gone') {
    await tx.referralPoolCode.deleteMany({ where: { shopId, poolId } });
    await tx.referralPool.updateMany({
      where,
      data: { state: 'closed', creationId: null, error: null, nextAttemptAt: null },
    });
    const programme = outcome === 'gone' ? await findProgramme(tx, { shopId }) : null;
    if (programme) await ensurePool(tx, { shopId, programme, now });
    return;
  }
  if ('discountId' in outcome) {
    const data = { discountId: outcome.discountId, error: null, attempts: 0, nextAttemptAt: now };
    // It may be to be closed by now; then that is what is left to do.
    await tx.referralPool.updateMany({ where: { ...where, discountId: null }, data });
    await tx.referralPool.updateMany({ where: { ...where, state: 'making' }, data: { state: 'open' } });
    return;
  }
  // Its next attempt is set already.
  const error = 'refused' in outcome ? outcome.refused : outcome.notEnded;
  await tx.referralPool.updateMany({ where, data: { error } });
}
