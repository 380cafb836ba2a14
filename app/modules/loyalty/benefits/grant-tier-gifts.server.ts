import type { Tx } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import type { TierRise } from '../apply-tiers.server';
import { newCode } from '../rewards/new-code.server';
import { readReward } from '../rewards/read-reward.server';
import type { Reward, RewardTerms } from '../rewards/reward';
import { endOf, settleTerms } from '../rewards/settle-terms.server';

export interface GrantTierGiftsInput {
  shopId: number;
  risen: TierRise[];
  now: Date;
}

/**
 * Whoever rose into a tier is given its reward for nothing, once per tier and span: a redemption of 0 points, whose code the
 * sweep makes as it makes all that are left half done. Also of a reward that is not offered for points. Not for people
 * without a customer in Shopify. Set-wise, idempotent; nothing is read while nobody rises. Returns how many are new.
 */
export async function grantTierGifts(tx: Tx, { shopId, risen, now }: GrantTierGiftsInput): Promise<number> {
  if (risen.length === 0) return 0;
  const gifts = await readGifts(tx, { shopId, tierIds: risen.map(({ tierId }) => tierId) });
  if (gifts.size === 0) return 0;
  const customers = await listCustomers(tx, { shopId, profileIds: risen.map(({ profileId }) => profileId) });
  const data = risen.flatMap(({ profileId, tierId, times }) => {
    const gift = gifts.get(tierId);
    if (!gift || !customers.has(profileId)) return [];
    return [
      {
        shopId,
        key: `tier:${tierId}:${profileId}:${times}`,
        profileId,
        rewardId: gift.reward.id,
        points: 0,
        terms: gift.terms,
        code: newCode(gift.terms.kind),
        state: 'reserved',
        expiresAt: endOf(gift.terms, now),
        reservedAt: now,
        nextAttemptAt: now,
      },
    ];
  });
  const { count } = await tx.redemption.createMany({ data, skipDuplicates: true });
  return count;
}

async function readGifts(
  tx: Tx,
  { shopId, tierIds }: { shopId: number; tierIds: number[] },
): Promise<Map<number, { reward: Reward; terms: RewardTerms }>> {
  const rows = await tx.tierBenefit.findMany({
    where: { shopId, tierId: { in: tierIds } },
    include: { giftReward: true },
  });
  const gifts = new Map<number, { reward: Reward; terms: RewardTerms }>();
  for (const { tierId, giftReward } of rows) {
    if (!giftReward) continue;
    const reward = readReward(giftReward);
    const terms = await settleTerms(tx, { shopId, reward, points: undefined }).catch(noGift);
    if (terms) gifts.set(tierId, { reward, terms });
  }
  return gifts;
}

/** A product that is not sold any more is no gift, and no reason to stop an order. */
function noGift(error: unknown): null {
  if (error instanceof AppError && error.code === 'invalid') return null;
  throw error;
}

async function listCustomers(
  tx: Tx,
  { shopId, profileIds }: { shopId: number; profileIds: bigint[] },
): Promise<Set<bigint>> {
  const rows = await tx.profile.findMany({
    where: { shopId, id: { in: profileIds }, shopifyCustomerId: { not: null }, deletedAt: null },
    select: { id: true },
  });
  return new Set(rows.map(({ id }) => id));
}
