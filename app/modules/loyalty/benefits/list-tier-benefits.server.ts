import type { Tx } from '~/platform/db/index.server';

/** What a tier gives besides its points. */
export interface TierBenefit {
  tierId: number;
  birthdayPoints: number;
  giftRewardId: bigint | null; // given for nothing when the tier is reached
}

/** The benefits of the shop's tiers; tiers without any are left out. */
export async function listTierBenefits(tx: Tx, { shopId }: { shopId: number }): Promise<TierBenefit[]> {
  const rows = await tx.tierBenefit.findMany({ where: { shopId }, orderBy: { tierId: 'asc' } });
  return rows.map(({ tierId, birthdayPoints, giftRewardId }) => ({ tierId, birthdayPoints, giftRewardId }));
}
