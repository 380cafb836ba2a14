import type { Tx } from '~/platform/db/index.server';
import { notFound } from '~/platform/errors';
import { lockRedemptions } from './lock-redemptions.server';
import { moveRedemptions } from './move-redemptions.server';
import type { Redemption } from './reward';

/**
 * The code exists, or the money was paid: the reserved points are spent. Idempotent. A redemption that was released meanwhile stays so; the caller
 * sees it by the state and has a code to disable. Throws `not_found`.
 */
export async function confirmRedemption(
  tx: Tx,
  input: { shopId: number; redemptionId: bigint; discountId: bigint; now: Date },
): Promise<Redemption> {
  const { shopId, redemptionId, discountId, now } = input;
  const [redemption] = await lockRedemptions(tx, { shopId, ids: [redemptionId] });
  if (!redemption) throw notFound('redemption');
  if (redemption.state === 'used' && redemption.discountId === null)
    await tx.redemption.updateMany({ where: { shopId, id: redemptionId }, data: { discountId } });
  if (redemption.state !== 'reserved' && redemption.state !== 'unknown') return redemption;
  const spent = redemption.points;
  const after = { state: 'confirmed', held: 0, spent, discountId, error: null } as const;
  await moveRedemptions(tx, { shopId, now, moves: [{ redemption, kind: 'redeem', ...after }] });
  return { ...redemption, ...after };
}
