import type { Tx } from '~/platform/db/index.server';
import { getExpiryRule } from './get-expiry-rule.server';
import { isoDay, localDays } from './local-days.server';
import { nextExpiry } from './next-expiry';
import { readLifeEntries } from './read-life-entries.server';

/**
 * What somebody loses next, and the last day (of the shop's time zone, YYYY-MM-DD) on which they can spend it; null when
 * nothing will. Reads their entries, and only where the shop lets points expire.
 */
export async function findNextExpiry(
  tx: Tx,
  { shopId, profileId, now }: { shopId: number; profileId: bigint; now: Date },
): Promise<{ points: number; lastDay: string } | null> {
  const rule = await getExpiryRule(tx, { shopId, at: now });
  if (rule.mode === 'never') return null;
  const [today = 0, startDay = 0] = await localDays(tx, shopId, [now, rule.effectiveFrom]);
  const entries = await readLifeEntries(tx, { shopId, profileIds: [profileId] });
  const next = nextExpiry(entries.get(profileId) ?? [], { ...rule, startDay }, today);
  return next && { points: next.points, lastDay: isoDay(next.lastDay) };
}
