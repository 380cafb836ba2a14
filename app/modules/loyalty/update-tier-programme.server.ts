import type { Tx } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { lockTiers } from './lock-tiers.server';
import { forgetOffers } from './offers.server';
import { readTierProgrammes } from './read-tier-programmes.server';
import { sameTerms, tierDraftSchema, toProgramme, type TierDraft } from './tier-draft';
import type { TierProgramme } from './types';

export interface UpdateTierProgrammeInput {
  shopId: number;
  draft: TierDraft;
  now: Date;
}

/**
 * Changes the tiers from `now` on, as a new version, and notes that everybody is to be computed anew (`recomputeTiers`).
 * What earlier versions gave (multiplied orders, points for reaching a tier) stays. Idempotent: a draft that changes nothing
 * makes no version. Throws `invalid`.
 */
export async function updateTierProgramme(tx: Tx, input: UpdateTierProgrammeInput): Promise<TierProgramme> {
  const { shopId, now } = input;
  const parsed = tierDraftSchema.safeParse(input.draft);
  if (!parsed.success) throw invalid(parsed.error.message);
  await lockTiers(tx, { shopId });
  const versions = await readTierProgrammes(tx, { shopId });
  const current = versions.at(-1);
  const next = toProgramme(parsed.data, versions, now);
  if (current && sameTerms(current, next)) return current;
  const { tiers, ...programme } = next;
  await tx.tierProgramme.create({ data: { shopId, ...programme } });
  await tx.tier.createMany({
    data: tiers.map(({ threshold, multiplier, ...tier }) => ({
      ...tier,
      shopId,
      version: next.version,
      threshold: threshold.toString(),
      multiplier: multiplier.toString(),
    })),
  });
  await startRecompute(tx, { shopId, version: next.version, now });
  forgetOffers(shopId);
  return next;
}

async function startRecompute(
  tx: Tx,
  { shopId, version, now }: { shopId: number; version: number; now: Date },
): Promise<void> {
  const [people] = await tx.$queryRaw<{ total: number }[]>`
    SELECT count(*)::int AS total FROM profile_traits WHERE shop_id = ${shopId} AND orders_count > 0`;
  const fresh = {
    version,
    lastProfileId: 0n,
    done: 0,
    total: people?.total ?? 0,
    startedAt: now,
    finishedAt: null,
  };
  await tx.tierRecompute.upsert({ where: { shopId }, create: { shopId, ...fresh }, update: fresh });
}

function invalid(message: string): AppError {
  return new AppError('invalid', {
    message: `tiers: ${message}`,
    userMessage:
      'Please give every tier a name of its own and a figure above 0 of its own, a multiplier from 1 to 100 and 0 to 1000000 points.',
  });
}
