import type { Tx } from '~/platform/db/index.server';
import { notFound } from '~/platform/errors';
import { readProgramme } from './programme-row.server';
import type { ReferralProgramme } from './programme';
import { readReferral } from './referral-row.server';
import type { Referral } from './types';

/** One referral and the terms it was claimed under. Throws `not_found`. */
export async function getReferral(
  tx: Tx,
  { shopId, referralId }: { shopId: number; referralId: bigint },
): Promise<{ referral: Referral; programme: ReferralProgramme }> {
  const row = await tx.referral.findUnique({ where: { shopId_id: { shopId, id: referralId } } });
  if (!row) throw notFound('referral');
  const version = row.programmeVersion;
  const programme = await tx.referralProgramme.findUniqueOrThrow({
    where: { shopId_version: { shopId, version } },
  });
  return { referral: readReferral(row), programme: readProgramme(programme) };
}
