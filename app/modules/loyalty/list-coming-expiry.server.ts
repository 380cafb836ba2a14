import type { Tx } from '~/platform/db/index.server';
import { planComingExpiry, type ComingExpiry } from './expiry';
import { getExpiryRule } from './get-expiry-rule.server';
import { localDays } from './local-days.server';
import { readLifeEntries } from './read-life-entries.server';

/**
 * What expires when of these people's points, soonest first, by the rule in force at `now` and if nothing happens any more.
 * Whoever loses nothing is not in it. Reads only; a shop whose points never expire costs one query.
 */
export async function listComingExpiry(
  tx: Tx,
  input: { shopId: number; profileIds: bigint[]; now: Date },
): Promise<Map<bigint, ComingExpiry[]>> {
  const { shopId, profileIds, now } = input;
  if (profileIds.length === 0) return new Map();
  const rule = await getExpiryRule(tx, { shopId, at: now });
  if (rule.mode === 'never') return new Map();
  const [today = 0, startDay = 0] = await localDays(tx, shopId, [now, rule.effectiveFrom]);
  const entries = await readLifeEntries(tx, { shopId, profileIds });
  return new Map(
    [...entries].flatMap(([profileId, its]) => {
      const coming = planComingExpiry(its, { ...rule, startDay }, today);
      return coming.length > 0 ? [[profileId, coming]] : [];
    }),
  );
}
