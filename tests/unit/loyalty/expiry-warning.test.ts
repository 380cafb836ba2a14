import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planComingExpiry, planExpiry } from '~/modules/loyalty/expiry';
import { planWarning, sumWarned, warningSpanDays } from '~/modules/loyalty/expiry-warning';
import { dayOf, isoDay } from '~/modules/loyalty/iso-day';
import { entry } from '../../factories/life-entry';

const rule = { version: 1, mode: 'age' as const, days: 365, effectiveFrom: new Date(0), startDay: -1_000 };

const earned = (points: number, day: number) => entry('earn', points, day);

describe('what expires when', () => {
  it('is told day by day, soonest first; by inactivity all of it at once', () => {
    const entries = [earned(100, 0), earned(40, 0), earned(50, 20)];
    expect(planComingExpiry(entries, rule, 10)).toEqual([
      { dueDay: 366, points: 140 },
      { dueDay: 386, points: 50 },
    ]);
    expect(planComingExpiry(entries, rule, 370)).toEqual([
      { dueDay: 371, points: 140 }, // due already, not taken yet
      { dueDay: 386, points: 50 },
    ]);
    expect(planComingExpiry(entries, { ...rule, mode: 'inactivity' }, 10)).toEqual([
      { dueDay: 386, points: 190 },
    ]);
    expect(planComingExpiry(entries, { ...rule, mode: 'never' }, 10)).toEqual([]);
  });

  it('respects the notice after a change of the rule', () => {
    const changed = { ...rule, days: 5, startDay: 100 };
    expect(planComingExpiry([earned(100, 0)], changed, 100)).toEqual([{ dueDay: 130, points: 100 }]);
  });

  it('is what the expiry will take, whatever the history and the rule', () => {
    const line = fc.record({
      kind: fc.constantFrom('earn', 'adjust', 'redeem', 'expire'),
      points: fc.integer({ min: 1, max: 500 }),
      day: fc.integer({ min: 0, max: 200 }),
    });
    const input = fc.record({
      lines: fc.array(line, { maxLength: 12 }),
      mode: fc.constantFrom('age' as const, 'inactivity' as const),
      days: fc.integer({ min: 1, max: 120 }),
      startDay: fc.integer({ min: -100, max: 250 }),
      today: fc.integer({ min: 200, max: 300 }),
      ahead: fc.integer({ min: 1, max: 200 }),
    });
    fc.assert(
      fc.property(input, ({ lines, mode, days, startDay, today, ahead }) => {
        const entries = lines
          .toSorted((a, b) => a.day - b.day)
          .map(({ kind, points, day }) => ({
            ...earned(kind === 'earn' || kind === 'adjust' ? points : -points, day),
            kind,
          }));
        const terms = { ...rule, mode, days, startDay };
        const coming = planComingExpiry(entries, terms, today).filter(
          ({ dueDay }) => dueDay <= today + ahead,
        );
        const told = coming.reduce((sum, { points }) => sum + points, 0);
        expect(told).toBe(planExpiry(entries, terms, today + ahead).points);
      }),
    );
  });
});

describe('a warning', () => {
  const warn = (coming: [number, number][], today: number, warned: [number, number][] = [], lifeDays = 365) =>
    planWarning(
      coming.map(([dueDay, points]) => ({ dueDay, points })),
      {
        today,
        lifeDays,
        warningDays: [30, 7],
        warned: warned.map(([dueDay, warningDay]) => ({ dueDay, warningDay })),
      },
    );

  it('comes at the set days, each once', () => {
    expect(warn([[100, 5]], 69)).toBeNull();
    expect(warn([[100, 5]], 70)).toEqual({ dueDay: 100, warningDay: 30 });
    expect(warn([[100, 5]], 71, [[100, 30]])).toBeNull();
    expect(warn([[100, 5]], 93, [[100, 30]])).toEqual({ dueDay: 100, warningDay: 7 });
    const both: [number, number][] = [[100, 30], [100, 7]]; // prettier-ignore
    expect(warn([[100, 5]], 99, both)).toBeNull();
  });

  it('that was missed is made up for, but only the last of them', () => {
    expect(warn([[100, 5]], 80)).toEqual({ dueDay: 100, warningDay: 30 });
    expect(warn([[100, 5]], 98)).toEqual({ dueDay: 100, warningDay: 7 });
  });

  it('speaks of a whole week, so that who buys every day is not warned every day', () => {
    const daily = Array.from({ length: 60 }, (_, n): [number, number] => [100 + n, 1]);
    const warned: [number, number][] = [];
    for (let today = 60; today < 130; today += 1) {
      const left = daily.filter(([dueDay]) => dueDay > today);
      const warning = warn(left, today, warned);
      if (warning) warned.push([warning.dueDay, warning.warningDay]);
    }
    const early = warned.filter(([, before]) => before === 30).map(([dueDay]) => dueDay);
    expect(early.slice(0, 4)).toEqual([100, 107, 114, 121]);
    expect(warned.filter(([, before]) => before === 7).map(([dueDay]) => dueDay)).toEqual(
      expect.arrayContaining([100, 107, 114, 121]),
    );
    expect(warned.length).toBeLessThanOrEqual(20); // and not 120
  });

  it('longer before than points live is none', () => {
    expect(warn([[100, 5]], 80, [], 30)).toBeNull();
    expect(warn([[100, 5]], 93, [], 30)).toEqual({ dueDay: 100, warningDay: 7 });
  });

  it('tells what is left of its week, and nothing when that was saved', () => {
    const coming = [
      { dueDay: 101, points: 10 },
      { dueDay: 100 + warningSpanDays - 1, points: 5 },
      { dueDay: 100 + warningSpanDays, points: 1_000 },
    ];
    expect(sumWarned(coming, 100)).toEqual({ dueDay: 101, points: 15 });
    expect(sumWarned(coming.slice(2), 100)).toBeNull();
  });
});

it('days are written as on the calendar, both ways', () => {
  expect(isoDay(0)).toBe('1970-01-01');
  expect(isoDay(dayOf('2028-02-29'))).toBe('2028-02-29');
});
