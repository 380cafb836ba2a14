import { ensureAdvocate } from '~/modules/referrals/index.server';
import type { Tx } from '~/platform/db/index.server';
import { customerOfFlow } from './customer-of-flow.server';
import { getReferralLink } from './get-referral-link.server';

/** A workflow of the merchant makes the code and link of somebody who may refer friends. Idempotent. */
export async function flowCodeCreated(
  tx: Tx,
  { shopId, shopifyCustomerId, now }: { shopId: number; shopifyCustomerId: bigint; now: Date },
): Promise<{ code: string; link: string }> {
  const profileId = await customerOfFlow(tx, { shopId, shopifyCustomerId, now });
  const { code } = await ensureAdvocate(tx, { shopId, profileId, now });
  return { code, link: await getReferralLink(tx, { shopId, code }) };
}
