import type { Tx } from '~/platform/db/index.server';
import { programmeInForce } from './qualifying-history';
import { readTierProgrammes } from './read-tier-programmes.server';
import type { TierProgramme } from './types';

/** The shop's tiers in force at a moment; null when it has none. */
export async function findTierProgramme(
  tx: Tx,
  input: { shopId: number; at: Date },
): Promise<TierProgramme | null> {
  return programmeInForce(await readTierProgrammes(tx, input), input.at);
}
