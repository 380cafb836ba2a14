import type { Tx } from '~/platform/db/index.server';
import { applyTiers } from './apply-tiers.server';
import { findTierProgramme } from './find-tier-programme.server';

export interface RecomputeTiersInput {
  shopId: number;
  now: Date;
  limit?: number; // people at most; 500 when not told
}

/**
 * Computes the next people anew: those whose tier time alone changes (a year ends, a grace ends), then everybody after the
 * terms changed, with the progress written down. Idempotent. `more` says whether some may be left.
 */
export async function recomputeTiers(
  tx: Tx,
  input: RecomputeTiersInput,
): Promise<{ orderIds: bigint[]; profileIds: bigint[]; more: boolean }> {
  const { shopId, now, limit = 500 } = input;
  if (!(await findTierProgramme(tx, { shopId, at: now })))
    return { orderIds: [], profileIds: [], more: false };
  const due = await tx.profileTier.findMany({
    where: { shopId, changesAt: { lte: now } },
    orderBy: { changesAt: 'asc' },
    take: limit,
    select: { profileId: true },
  });
  if (due.length > 0) {
    const applied = await applyTiers(tx, { shopId, profileIds: due.map(({ profileId }) => profileId), now });
    return { ...applied, more: true };
  }
  const run = await tx.tierRecompute.findUnique({ where: { shopId } });
  if (!run || run.finishedAt) return { orderIds: [], profileIds: [], more: false };
  const profileIds = await nextPeople(tx, shopId, run.lastProfileId, limit);
  const applied = await applyTiers(tx, { shopId, profileIds, now });
  const through = profileIds.length < limit;
  await tx.tierRecompute.updateMany({
    where: { shopId, version: run.version },
    data: {
      lastProfileId: profileIds.at(-1) ?? run.lastProfileId,
      done: { increment: profileIds.length },
      finishedAt: through ? now : null,
    },
  });
  return { ...applied, more: !through };
}

async function nextPeople(tx: Tx, shopId: number, after: bigint, limit: number): Promise<bigint[]> {
  const rows = await tx.$queryRaw<{ profile_id: bigint }[]>`
    SELECT profile_id FROM profile_traits
    WHERE shop_id = ${shopId} AND profile_id > ${after} AND orders_count > 0 ORDER BY profile_id LIMIT ${limit}`;
  return rows.map((row) => row.profile_id);
}
