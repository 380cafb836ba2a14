import type { Tx } from '~/platform/db/index.server';
import { listReferrals } from './list-referrals.server';
import type { ReferralRow } from './types';

/** A customer's link and whom they referred, the newest first; no link while they have none. */
export async function listAdvocateReferrals(
  tx: Tx,
  { shopId, profileId }: { shopId: number; profileId: bigint },
): Promise<{ code: string | null; referrals: ReferralRow[] }> {
  const [row] = await tx.$queryRaw<{ code: string }[]>`
    SELECT code FROM referral_codes WHERE shop_id = ${shopId} AND profile_id = ${profileId} AND main`;
  const { items } = await listReferrals(tx, { shopId, of: { advocateId: profileId }, cursor: {}, limit: 10 });
  return { code: row?.code ?? null, referrals: items };
}
