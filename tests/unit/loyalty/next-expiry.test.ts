import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noticeDays, planExpiry } from '~/modules/loyalty/expiry';
import { nextExpiry } from '~/modules/loyalty/next-expiry';
import type { ExpiryRule } from '~/modules/loyalty/types';
import { entry } from '../../factories/life-entry';

const rule = (mode: ExpiryRule['mode'], days = 30, startDay = -1_000) => ({
  version: 1,
  mode,
  days,
  effectiveFrom: new Date(0),
  startDay,
});

describe('what somebody loses next', () => {
  it('by age: the oldest points, what was spent first', () => {
    const entries = [entry('earn', 100, 0), entry('earn', 50, 20), entry('reserve', -70, 21)];
    expect(nextExpiry(entries, rule('age'), 22)).toEqual({ points: 30, lastDay: 30 });
    expect(nextExpiry(entries.slice(1, 2), rule('age'), 22)).toEqual({ points: 50, lastDay: 50 });
  });

  it('by inactivity: everything, so long after the last thing earned or spent', () => {
    const entries = [entry('earn', 100, 0), entry('earn', 50, 20), entry('reserve', -70, 21)];
    expect(nextExpiry(entries, rule('inactivity'), 22)).toEqual({ points: 80, lastDay: 51 });
  });

  it('never within the notice after the rule came, and never in the past', () => {
    const entries = [entry('earn', 100, 0)];
    expect(nextExpiry(entries, rule('age', 30, 25), 26)).toEqual({
      points: 100,
      lastDay: 25 + noticeDays - 1,
    });
    expect(nextExpiry(entries, rule('age'), 40)).toEqual({ points: 100, lastDay: 40 });
  });

  it('nothing without points, and nothing while points never expire', () => {
    expect(nextExpiry([], rule('age'), 0)).toBeNull();
    expect(nextExpiry([entry('earn', 5, 0), entry('reserve', -5, 1)], rule('age'), 2)).toBeNull();
    expect(nextExpiry([entry('earn', 5, 0)], rule('never'), 2)).toBeNull();
  });

  it('is what expiry does on the day after, and not a day before', () => {
    const move = fc.record({
      kind: fc.constantFrom('earn', 'earn', 'reserve', 'adjust', 'reverse'),
      points: fc.integer({ min: 1, max: 100 }),
      day: fc.integer({ min: 0, max: 60 }),
    });
    fc.assert(
      fc.property(
        fc.array(move, { minLength: 1, maxLength: 12 }),
        fc.constantFrom('age' as const, 'inactivity' as const),
        fc.integer({ min: 5, max: 90 }),
        (moves, mode, days) => {
          const entries = [...moves]
            .sort((a, b) => a.day - b.day)
            .map(({ kind, points, day }) => entry(kind, kind === 'earn' ? points : -points, day));
          const next = nextExpiry(entries, rule(mode, days), 60);
          const goneBy = (day: number) => planExpiry(entries, rule(mode, days), day).points;
          if (!next) {
            expect(goneBy(10_000)).toBe(0);
            return;
          }
          expect(goneBy(next.lastDay + 1)).toBe(next.points);
          if (next.lastDay > 60) expect(goneBy(next.lastDay)).toBe(0);
        },
      ),
    );
  });
});
