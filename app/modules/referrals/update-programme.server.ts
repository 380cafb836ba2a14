import type { Tx } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { findProgramme } from './find-programme.server';
import { ensurePool } from './pools/ensure-pool.server';
import { programmeTermsSchema, type ProgrammeTerms, type ReferralProgramme } from './programme';

export interface UpdateProgrammeInput {
  shopId: number;
  terms: ProgrammeTerms;
  now: Date;
}

/**
 * Says from `now` on what friends and advocates get, as a new version; claims keep the version they were made under.
 * Idempotent: the same terms make no version. Throws `invalid` for terms that make no programme.
 */
export async function updateProgramme(tx: Tx, input: UpdateProgrammeInput): Promise<ReferralProgramme> {
  const { shopId, now } = input;
  const parsed = programmeTermsSchema.safeParse(input.terms);
  if (!parsed.success)
    throw new AppError('invalid', {
      message: `referral programme: ${parsed.error.message}`,
      userMessage: 'The programme is not complete. Check the offer, the reward and the days of the hold.',
    });
  await tx.$queryRaw`SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtext('referral programme'), ${shopId}::int)) locked`;
  const latest = await findProgramme(tx, { shopId });
  const terms = parsed.data;
  if (latest && isSame(latest, terms)) return latest;
  const effectiveFrom = new Date(Math.max(now.getTime(), latest?.effectiveFrom.getTime() ?? 0));
  const next = { ...terms, version: (latest?.version ?? 0) + 1, effectiveFrom };
  await tx.referralProgramme.create({ data: { shopId, ...next } });
  await ensurePool(tx, { shopId, programme: next, now });
  return next;
}

function isSame(latest: ReferralProgramme, terms: ProgrammeTerms): boolean {
  const { version, effectiveFrom, ...known } = latest;
  return canonical(known) === canonical(terms) && version > 0 && effectiveFrom instanceof Date;
}

function canonical(terms: ProgrammeTerms): string {
  const { offerValue, minimumOrder, ...rest } = programmeTermsSchema.parse(terms);
  return JSON.stringify({
    ...rest,
    offer: Number(offerValue),
    minimum: minimumOrder && Number(minimumOrder),
  });
}
