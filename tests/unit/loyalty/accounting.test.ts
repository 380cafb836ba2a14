import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeAccounting, sumAccounting } from '~/modules/loyalty/accounting';

describe('the books', () => {
  it('each period begins where the one before ended', () => {
    const books = computeAccounting(
      ['2026-05-01', '2026-05-02'],
      [
        { period: null, kind: 'earn', account: 'points', points: 500 },
        { period: '2026-05-01', kind: 'earn', account: 'pending', points: 100 },
        { period: '2026-05-01', kind: 'adjust', account: 'points', points: -20 },
        { period: '2026-05-02', kind: 'release', account: 'pending', points: -60 },
        { period: '2026-05-02', kind: 'release', account: 'points', points: 60 },
        { period: '2026-05-02', kind: 'reverse', account: 'pending', points: -40 },
        { period: '2026-05-02', kind: 'expire', account: 'points', points: -30 },
      ],
    );
    expect(books).toEqual([
      {
        period: '2026-05-01',
        opening: 500,
        earned: 100,
        reversed: 0,
        adjusted: -20,
        redeemed: 0,
        expired: 0,
        becameSpendable: 0,
        closing: 580,
        pending: 100,
      },
      {
        period: '2026-05-02',
        opening: 580,
        earned: 0,
        reversed: -40,
        adjusted: 0,
        redeemed: 0,
        expired: -30,
        becameSpendable: 60,
        closing: 510,
        pending: 0,
      },
    ]);
    expect(sumAccounting(books)).toEqual({
      earned: 100,
      reversed: -40,
      adjusted: -20,
      redeemed: 0,
      expired: -30,
      becameSpendable: 60,
    });
  });

  it('close whatever was posted, also by kinds nobody knows yet', () => {
    const movement = fc.record({
      period: fc.constantFrom(null, 'a', 'b', 'c'),
      kind: fc.constantFrom('earn', 'release', 'reverse', 'adjust', 'merge', 'expire', 'redeem', 'give back'),
      account: fc.constantFrom('points', 'pending', 'reserved'),
      points: fc.integer({ min: -1_000, max: 1_000 }),
    });
    fc.assert(
      fc.property(fc.array(movement), (movements) => {
        const books = computeAccounting(['a', 'b', 'c'], movements);
        let closing = books[0]?.opening;
        for (const { opening, earned, reversed, adjusted, redeemed, expired, closing: end } of books) {
          expect(opening).toBe(closing);
          expect(opening + earned + reversed + adjusted + redeemed + expired).toBe(end);
          closing = end;
        }
        expect(closing).toBe(movements.reduce((points, one) => points + one.points, 0));
      }),
    );
  });
});
