import { getShop } from '~/modules/shops/index.server';
import type { Tx } from '~/platform/db/index.server';
import { referralLinkOf } from './referral-link-of.server';

/** The link of a code of this shop. */
export async function getReferralLink(
  tx: Tx,
  { shopId, code }: { shopId: number; code: string },
): Promise<string> {
  return referralLinkOf(await getShop(tx, { shopId }), code);
}
