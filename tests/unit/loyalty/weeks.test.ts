import { describe, expect, it } from 'vitest';
import { toWeeks } from '~/ui/loyalty/weeks';

const day = (period: string, earned: number, reversed: number, redeemed: number) => ({
  period,
  earned,
  reversed,
  redeemed,
  adjusted: 0,
  expired: 0,
  becameSpendable: 0,
  opening: 0,
  closing: 0,
  pending: 0,
});

describe('the weeks of the overview', () => {
  it('begin on Mondays, also across a year, and tell what is left of what was earned and spent', () => {
    const days = [
      day('2025-12-28', 1, 0, 0), // a Sunday
      day('2025-12-29', 100, -20, 0),
      day('2026-01-04', 5, 0, -50),
      day('2026-01-05', 7, 0, 10),
    ];
    expect(toWeeks(days, 10)).toEqual([
      { monday: '2025-12-22', earned: 1, redeemed: 0 },
      { monday: '2025-12-29', earned: 85, redeemed: 50 },
      { monday: '2026-01-05', earned: 7, redeemed: -10 },
    ]);
    expect(toWeeks(days, 1).map(({ monday }) => monday)).toEqual(['2026-01-05']);
    expect(toWeeks([], 3)).toEqual([]);
  });
});
