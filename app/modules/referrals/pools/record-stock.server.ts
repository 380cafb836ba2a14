import type { Tx } from '~/platform/db/index.server';

export type StockOutcome =
  | { creationId: bigint }
  | { refused: string }
  /** Codes with Shopify's numbers of them; the others were not added. */
  | { added: { code: string; redeemId: bigint }[]; problem: string | null }
  /** Shopify knows nothing of what was asked for: it is asked again. */
  | 'unknown'
  /** As of when the pool was last seen due: what it is due for since then stays. */
  | { enoughAsOf: Date | null };

/** What came of adding codes to a pool in Shopify. Idempotent: a code that was given away meanwhile stays given away. */
export async function recordStock(
  tx: Tx,
  { shopId, poolId, outcome, now }: { shopId: number; poolId: bigint; outcome: StockOutcome; now: Date },
): Promise<void> {
  const where = { shopId, id: poolId, state: 'open' };
  if (outcome === 'unknown') {
    await tx.referralPool.updateMany({ where, data: { creationId: null } });
    return;
  }
  if ('enoughAsOf' in outcome) {
    // Nothing to do before it closes.
    await tx.$executeRaw`
      UPDATE referral_pools SET attempts = 0, next_attempt_at = closes_at
      WHERE shop_id = ${shopId} AND id = ${poolId} AND state = 'open' AND next_attempt_at IS NOT DISTINCT FROM ${outcome.enoughAsOf}::timestamptz`;
    return;
  }
  if ('creationId' in outcome) {
    await tx.referralPool.updateMany({ where, data: { creationId: outcome.creationId } });
    return;
  }
  if ('refused' in outcome) {
    await tx.referralPool.updateMany({ where, data: { error: outcome.refused } });
    return;
  }
  const { added, problem } = outcome;
  const known = added.map(({ code, redeemId }) => ({ code, redeem_id: redeemId.toString() }));
  await tx.$executeRaw`
    UPDATE referral_pool_codes c SET redeem_id = t.redeem_id
    FROM jsonb_to_recordset(${JSON.stringify(known)}::jsonb) AS t(code text, redeem_id bigint)
    WHERE c.shop_id = ${shopId} AND c.pool_id = ${poolId} AND c.code = t.code AND c.redeem_id IS NULL`;
  await tx.referralPoolCode.deleteMany({ where: { shopId, poolId, redeemId: null } });
  const settled = problem === null ? { error: null, attempts: 0, nextAttemptAt: now } : { error: problem };
  await tx.referralPool.updateMany({ where, data: { creationId: null, ...settled } });
}
