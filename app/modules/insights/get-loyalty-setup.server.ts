import type { Tx } from '~/platform/db/index.server';
import { getSetupGuide } from './get-setup-guide.server';
import type { LoyaltySetup } from './types';

/** What of setting up the programme is done, read from what is there. Whether the checkout block is placed, Shopify knows. */
export async function getLoyaltySetup(tx: Tx, input: { shopId: number }): Promise<LoyaltySetup> {
  const { earnRule } = await getSetupGuide(tx, input);
  const rewards = await tx.reward.count({ where: { shopId: input.shopId, enabled: true } });
  return { earnRule, reward: rewards > 0 };
}
