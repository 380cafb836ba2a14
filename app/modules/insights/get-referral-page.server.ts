import type { Tx } from '~/platform/db/index.server';
import { notFound } from '~/platform/errors';
import { getShopView } from './get-shop-view.server';
import { listReferrals } from './list-referrals.server';
import type { ReferralRow, ShopView } from './types';

/** One referral with what speaks against it. Throws `not_found`. */
export async function getReferralPage(
  tx: Tx,
  { shopId, referralId }: { shopId: number; referralId: bigint },
): Promise<{ shop: ShopView; referral: ReferralRow }> {
  const { items } = await listReferrals(tx, { shopId, of: { referralId }, cursor: {}, limit: 1 });
  const [referral] = items;
  if (!referral) throw notFound('referral');
  return { shop: await getShopView(tx, { shopId }), referral };
}
