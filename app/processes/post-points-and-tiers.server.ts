import { applyOrderPoints, applyTiers, withdrawTierGifts } from '~/modules/loyalty/index.server';
import type { TierRise } from '~/modules/loyalty/types';
import type { Tx } from '~/platform/db/index.server';

/**
 * What orders mean for loyalty: where their people stand, what the orders are worth in that tier, and what reaching a tier
 * gives; a gift of a tier that was not reached after all is taken back. `profileIds` are people touched otherwise, say because an order is not theirs any more. Idempotent. Returns whose
 * balance changed, and who rose into another tier.
 */
export async function postPointsAndTiers(
  tx: Tx,
  input: { shopId: number; orderIds: bigint[]; profileIds: bigint[]; now: Date },
): Promise<{ profileIds: bigint[]; risen: TierRise[] }> {
  const { shopId, orderIds, now } = input;
  const tiers = await applyTiers(tx, input);
  const points = await applyOrderPoints(tx, { shopId, orderIds: [...orderIds, ...tiers.orderIds], now });
  await withdrawTierGifts(tx, { shopId, redemptionIds: tiers.lostGifts, now });
  return { profileIds: [...tiers.profileIds, ...points.profileIds], risen: tiers.risen };
}
