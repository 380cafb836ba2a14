import type { Tx } from '~/platform/db/index.server';
import type { ReferralProgramme } from './programme';
import { readProgramme } from './programme-row.server';

/** The newest version of the shop's referral programme; null when it never had one. */
export async function findProgramme(
  tx: Tx,
  { shopId }: { shopId: number },
): Promise<ReferralProgramme | null> {
  const row = await tx.referralProgramme.findFirst({ where: { shopId }, orderBy: { version: 'desc' } });
  return row ? readProgramme(row) : null;
}
