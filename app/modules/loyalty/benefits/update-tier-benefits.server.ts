import { z } from 'zod';
import type { Tx } from '~/platform/db/index.server';
import { AppError, notFound } from '~/platform/errors';
import type { TierBenefit } from './list-tier-benefits.server';

const benefitsSchema = z
  .array(
    z.object({
      tierId: z.number().int().positive(),
      birthdayPoints: z.number().int().min(0).max(1_000_000),
      giftRewardId: z.bigint().nullable(),
    }),
  )
  .max(20);

/**
 * Says what tiers give from now on, all of them at once; what was given stays. Idempotent. Throws `not_found` for a tier or a
 * reward that is not the shop's, and `invalid` for a gift whose points the customer would choose.
 */
export async function updateTierBenefits(
  tx: Tx,
  { shopId, benefits }: { shopId: number; benefits: TierBenefit[] },
): Promise<void> {
  const wanted = benefitsSchema.parse(benefits);
  const tierIds = wanted.map(({ tierId }) => tierId);
  const tiers = await tx.tier.findMany({ where: { shopId, id: { in: tierIds } }, distinct: ['id'] });
  if (tiers.length < new Set(tierIds).size) throw notFound('tier');
  const giftIds = [...new Set(wanted.flatMap(({ giftRewardId }) => giftRewardId ?? []))];
  const gifts = await tx.reward.findMany({ where: { shopId, id: { in: giftIds } } });
  if (gifts.length < giftIds.length) throw notFound('reward');
  if (gifts.some(({ sliderPerUnit }) => sliderPerUnit !== null))
    throw new AppError('invalid', {
      message: 'tier benefits: a slider is no gift',
      userMessage: 'Choose a reward with a fixed price as a gift.',
    });
  await tx.tierBenefit.deleteMany({ where: { shopId } });
  const rows = wanted.filter(
    ({ birthdayPoints, giftRewardId }) => birthdayPoints > 0 || giftRewardId !== null,
  );
  await tx.tierBenefit.createMany({ data: rows.map((row) => ({ ...row, shopId })) });
}
