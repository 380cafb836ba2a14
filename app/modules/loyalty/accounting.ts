import type { AccountingPeriod, AccountingTotals } from './types';

/** A sum of entries of one kind on one sort of account, within a period or before the first (`period` null). */
export interface Movement {
  period: string | null;
  kind: string;
  account: string;
  points: number;
}

/** Which column of the books a kind belongs to. Every other kind is what customers spent and got back from rewards. */
const columns: Record<string, 'earned' | 'reversed' | 'adjusted' | 'expired'> = {
  earn: 'earned',
  reverse: 'reversed',
  adjust: 'adjusted',
  expire: 'expired',
};

/**
 * The books of consecutive periods, from sums of entries. Each period begins where the one before ended, and every movement
 * is in exactly one column, so opening + earned + reversed + adjusted + redeemed + expired = closing whatever was posted.
 */
export function computeAccounting(periods: string[], movements: Movement[]): AccountingPeriod[] {
  const byPeriod = new Map<string | null, Movement[]>();
  for (const movement of movements) {
    const known = byPeriod.get(movement.period);
    if (known) known.push(movement);
    else byPeriod.set(movement.period, [movement]);
  }
  const before = byPeriod.get(null) ?? [];
  let outstanding = total(before);
  let pending = total(before.filter(({ account }) => account === 'pending'));
  return periods.map((period) => {
    const its = byPeriod.get(period) ?? [];
    const opening = outstanding;
    const sums = sumColumns(its);
    pending += total(its.filter(({ account }) => account === 'pending'));
    outstanding = opening + sums.earned + sums.reversed + sums.adjusted + sums.redeemed + sums.expired;
    return { period, opening, ...sums, closing: outstanding, pending };
  });
}

/** The movements of all periods together; 0 for none. */
export function sumAccounting(periods: AccountingPeriod[]): AccountingTotals {
  const of = (name: keyof AccountingTotals): number =>
    periods.reduce((points, period) => points + period[name], 0);
  return {
    earned: of('earned'),
    reversed: of('reversed'),
    adjusted: of('adjusted'),
    redeemed: of('redeemed'),
    expired: of('expired'),
    becameSpendable: of('becameSpendable'),
  };
}

function sumColumns(movements: Movement[]): AccountingTotals {
  const sums = { earned: 0, reversed: 0, adjusted: 0, redeemed: 0, expired: 0, becameSpendable: 0 };
  for (const { kind, account, points } of movements) {
    sums[columns[kind] ?? 'redeemed'] += points;
    if (kind === 'release' && account === 'points') sums.becameSpendable += points;
  }
  return sums;
}

function total(movements: Movement[]): number {
  return movements.reduce((points, movement) => points + movement.points, 0);
}
