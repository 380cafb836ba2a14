import type { Tx } from '~/platform/db/index.server';
import { noticeDays, type ComingExpiry } from './expiry';
import { getExpiryRule } from './get-expiry-rule.server';
import { listComingExpiry } from './list-coming-expiry.server';
import { listExpiryCandidates } from './list-expiry-candidates.server';
import { localDays } from './local-days.server';

export interface ListExpiringSoonInput {
  shopId: number;
  now: Date;
  withinDays: number;
  after: bigint; // account to go on after; 0 at first
  limit?: number; // accounts to look at; 2,000 when not told
}

export interface ExpiringSoon {
  today: number; // from 1970, on the shop's calendar
  lifeDays: number; // of a point, or without activity
  people: Map<bigint, ComingExpiry[]>;
  next: bigint | null; // account to go on after; null at the end
}

/** Who of the next so many people with points loses some within so many days if nothing happens, and all that they lose. */
export async function listExpiringSoon(tx: Tx, input: ListExpiringSoonInput): Promise<ExpiringSoon> {
  const { shopId, now, withinDays, after, limit = 2_000 } = input;
  const rule = await getExpiryRule(tx, { shopId, at: now });
  const nobody = { today: 0, lifeDays: rule.days, people: new Map<bigint, ComingExpiry[]>(), next: null };
  if (rule.mode === 'never') return nobody;
  const [today = 0, startDay = 0] = await localDays(tx, shopId, [now, rule.effectiveFrom]);
  if (today + withinDays < startDay + noticeDays) return nobody;
  const { profileIds, next } = await listExpiryCandidates(tx, {
    shopId,
    mode: rule.mode,
    aliveFrom: today + withinDays - rule.days,
    after,
    limit,
  });
  const coming = await listComingExpiry(tx, { shopId, profileIds, now });
  const soon = [...coming].filter(([, its]) => its.some(({ dueDay }) => dueDay <= today + withinDays));
  return { today, lifeDays: rule.days, people: new Map(soon), next };
}
