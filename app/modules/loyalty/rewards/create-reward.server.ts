import type { Tx } from '~/platform/db/index.server';
import { forgetOffers } from '../offers.server';
import { checkTerms } from './check-terms';
import { readReward } from './read-reward.server';
import type { Reward, RewardTerms } from './reward';
import { toRewardRow } from './to-reward-row';

export interface CreateRewardInput {
  shopId: number;
  terms: RewardTerms;
  key: string; // of the form that was submitted: submitting it again makes no second reward
  now: Date;
}

/** Adds a reward, switched on. Idempotent by `key`. Throws `invalid` for terms that make no reward. */
export async function createReward(tx: Tx, { shopId, terms, key, now }: CreateRewardInput): Promise<Reward> {
  const data = { ...toRewardRow(checkTerms(terms)), shopId, createKey: key, createdAt: now, updatedAt: now };
  await tx.reward.createMany({ data: [data], skipDuplicates: true });
  forgetOffers(shopId);
  const where = { shopId_createKey: { shopId, createKey: key } };
  return readReward(await tx.reward.findUniqueOrThrow({ where }));
}
