import { recomputeTraits } from '~/modules/customers/index.server';
import { decideReferrals } from '~/modules/referrals/index.server';
import type { DecideReferralsInput } from '~/modules/referrals/types';
import type { Tx } from '~/platform/db/index.server';
import { settleReferrals } from './settle-referrals.server';

/**
 * The merchant approves or rejects referrals, one or many: the decision, the points that follow, the customers' figures.
 * What speaks against them is looked up once more first, so that nobody decides on yesterday's news. Idempotent. Throws what
 * `decideReferrals` throws.
 */
export async function referralsDecided(tx: Tx, input: DecideReferralsInput): Promise<void> {
  const { shopId, referralIds, now } = input;
  await settleReferrals(tx, { shopId, referralIds, now });
  await decideReferrals(tx, input);
  const { profileIds } = await settleReferrals(tx, { shopId, referralIds, now });
  await recomputeTraits(tx, { shopId, profileIds, now });
}
