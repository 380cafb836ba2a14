import type { Tx } from '~/platform/db/index.server';
import { readProgramme } from './programme-row.server';
import type { ReferralProgramme } from './programme';
import { readReferral } from './referral-row.server';
import type { Referral } from './types';

/** These referrals with the terms they were claimed under, by id. Two queries, however many. */
export async function listReferralsForMail(
  tx: Tx,
  { shopId, referralIds }: { shopId: number; referralIds: bigint[] },
): Promise<Map<bigint, { referral: Referral; programme: ReferralProgramme }>> {
  if (referralIds.length === 0) return new Map();
  const rows = await tx.referral.findMany({ where: { shopId, id: { in: referralIds } } });
  const versions = [...new Set(rows.map(({ programmeVersion }) => programmeVersion))];
  const programmes = await tx.referralProgramme.findMany({ where: { shopId, version: { in: versions } } });
  const terms = new Map(programmes.map((row) => [row.version, readProgramme(row)]));
  return new Map(
    rows.flatMap((row) => {
      const programme = terms.get(row.programmeVersion);
      return programme ? [[row.id, { referral: readReferral(row), programme }] as const] : [];
    }),
  );
}
