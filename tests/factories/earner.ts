import { afterEach, beforeEach, expect } from 'vitest';
import { applyOrderPoints, ensureEarnRule, getBalance } from '~/modules/loyalty/index.server';
import { withShop } from '~/platform/db/index.server';
import { aProfile, aShop, ledgerTotals } from './loyalty';

/** Noon of a day, in UTC. */
export const at = (day: string): Date => new Date(`${day}T12:00:00Z`);

/** For each test a shop with the usual rule and somebody who buys there; after each, that the ledger adds up. */
export function useEarner(now: Date) {
  const who = { shopId: 0, profileId: 0n };
  beforeEach(async () => {
    who.shopId = (await aShop()).id;
    who.profileId = await aProfile(who.shopId);
    const ruleFrom = new Date('2026-01-01T12:00:00Z');
    await withShop(who.shopId, (tx) => ensureEarnRule(tx, { shopId: who.shopId, now: ruleFrom }));
  });
  afterEach(async () => {
    expect(await ledgerTotals()).toEqual({ drifted: 0, sum: 0n, unbalanced: 0 });
  });
  return {
    who,
    post: (...orderIds: bigint[]) =>
      withShop(who.shopId, (tx) => applyOrderPoints(tx, { shopId: who.shopId, orderIds, now })),
    points: async () => (await withShop(who.shopId, (tx) => getBalance(tx, who))).points,
  };
}
