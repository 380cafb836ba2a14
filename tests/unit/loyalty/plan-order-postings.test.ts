import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountKey, type Posting } from '~/modules/loyalty/ledger-input';
import { planOrderPostings } from '~/modules/loyalty/plan-order-postings';

const posting = (points: number, profileId = 1n, account: Posting['account'] = 'points'): Posting => ({
  profileId,
  account,
  points,
});

describe('planOrderPostings', () => {
  it('earns what is missing', () => {
    expect(planOrderPostings([], posting(100))).toEqual([{ kind: 'earn', postings: [posting(100)] }]);
  });

  it('takes back what is too much', () => {
    expect(planOrderPostings([posting(100)], posting(50))).toEqual([
      { kind: 'reverse', postings: [posting(-50)] },
    ]);
    expect(planOrderPostings([posting(100)], null)).toEqual([{ kind: 'reverse', postings: [posting(-100)] }]);
  });

  it('does nothing when all is as it should be', () => {
    expect(planOrderPostings([posting(100)], posting(100))).toEqual([]);
    expect(planOrderPostings([], null)).toEqual([]);
  });

  it('releases what was pending', () => {
    expect(planOrderPostings([posting(100, 1n, 'pending')], posting(100))).toEqual([
      { kind: 'release', postings: [posting(100), posting(-100, 1n, 'pending')] },
    ]);
  });

  it('reverses and releases in two entries, so that each says one thing', () => {
    expect(planOrderPostings([posting(100, 1n, 'pending')], posting(40))).toEqual([
      { kind: 'reverse', postings: [posting(-60, 1n, 'pending')] },
      { kind: 'release', postings: [posting(40), posting(-40, 1n, 'pending')] },
    ]);
  });

  it('moves an order that turned out to be somebody else’s', () => {
    expect(planOrderPostings([posting(100, 1n)], posting(100, 2n))).toEqual([
      { kind: 'merge', postings: [posting(100, 2n), posting(-100, 1n)] },
    ]);
  });

  it('always ends at the target, and only earning and reversing change the total', () => {
    const account = fc.record({
      profileId: fc.bigInt({ min: 1n, max: 3n }),
      account: fc.constantFrom('points' as const, 'pending' as const),
      points: fc.integer({ min: -50, max: 200 }),
    });
    const target = fc.option(account.map((one) => ({ ...one, points: Math.abs(one.points) })));
    fc.assert(
      fc.property(
        fc.uniqueArray(account, { selector: accountKey, maxLength: 4 }),
        target,
        (positions, wanted) => {
          const planned = planOrderPostings(positions, wanted);
          const end = new Map(positions.map((one) => [accountKey(one), one.points]));
          for (const { kind, postings } of planned) {
            const total = postings.reduce((sum, one) => sum + one.points, 0);
            if (kind === 'earn') expect(total).toBeGreaterThan(0);
            else if (kind === 'reverse') expect(total).toBeLessThan(0);
            else expect(total).toBe(0);
            for (const one of postings)
              end.set(accountKey(one), (end.get(accountKey(one)) ?? 0) + one.points);
          }
          const left = [...end].filter(([, points]) => points !== 0);
          expect(left).toEqual(wanted && wanted.points !== 0 ? [[accountKey(wanted), wanted.points]] : []);
        },
      ),
    );
  });
});
