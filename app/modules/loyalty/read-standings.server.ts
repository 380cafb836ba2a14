import type { Tx } from '~/platform/db/index.server';
import type { KnownStanding } from './qualifying-history';

/** Which tier these people were in when it was last computed, by person; whoever never was computed is not in it. */
export async function readStandings(
  tx: Tx,
  input: { shopId: number; profileIds: bigint[] },
): Promise<Map<bigint, KnownStanding>> {
  const rows = await tx.profileTier.findMany({
    where: { shopId: input.shopId, profileId: { in: input.profileIds } },
    select: { profileId: true, version: true, tierId: true, changesAt: true },
  });
  return new Map(rows.map(({ profileId, ...standing }) => [profileId, standing]));
}
