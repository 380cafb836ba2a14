import { enrol } from '~/modules/flows/index.server';
import { grantTierGifts } from '~/modules/loyalty/index.server';
import type { TierRise } from '~/modules/loyalty/types';
import type { Tx } from '~/platform/db/index.server';

/**
 * People rose into a tier by an order they placed: they are given its gift, and enter the flow that tells them,
 * once per tier and span. Not for what
 * an import or a change of the tiers brought about.
 */
export async function tiersReached(
  tx: Tx,
  input: { shopId: number; risen: TierRise[]; now: Date },
): Promise<void> {
  const { shopId, risen, now } = input;
  const entries = risen.map(({ profileId, tierId, times, at }) => ({
    profileId,
    runKey: `${tierId}:${times}`,
    context: { tierId: tierId.toString() },
    occurredAt: at,
  }));
  await grantTierGifts(tx, input);
  await enrol(tx, { shopId, trigger: 'tier_reached', entries, now });
}
