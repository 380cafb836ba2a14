import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planBatchPostings } from '~/modules/loyalty/batches/plan-batch-postings';

const plan = (balance: number, ...points: number[]) => [
  ...planBatchPostings(
    points.map((wanted, line) => ({ line, profileId: 1n, points: wanted })),
    new Map([[1n, balance]]),
  ).values(),
];

describe('what a batch may post', () => {
  it.each([
    [0, [100], [100]],
    [40, [-100], [-40]],
    [40, [-40], [-40]],
    [0, [-1], [0]],
    [-30, [-10], [0]],
    [-30, [20], [20]],
    [10, [5, -20, 3], [5, -15, 3]],
  ])('with %i points, %j comes to %j', (balance, wanted, posted) => {
    expect(plan(balance, ...wanted)).toEqual(posted);
  });

  it('gives all, never takes more than there is, and takes all there is before it stops', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -500, max: 500 }),
        fc.array(fc.integer({ min: -300, max: 300 }), { maxLength: 10 }),
        (start, wanted) => {
          let balance = start;
          plan(start, ...wanted).forEach((posted, index) => {
            const asked = wanted[index]!;
            if (asked >= 0) expect(posted).toBe(asked);
            else expect(posted).toBeGreaterThanOrEqual(asked);
            balance += posted;
            if (posted < 0) expect(balance).toBeGreaterThanOrEqual(0);
            if (asked < 0 && posted !== asked) expect(balance).toBe(Math.min(0, balance));
          });
        },
      ),
    );
  });
});
