import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeEarnings, type EarnedFor } from '~/modules/loyalty/earning/compute-earnings';
import type { EarnAction } from '~/modules/loyalty/types';
import { decimal } from '~/platform/money';

const action = (overrides: Partial<EarnAction> = {}): EarnAction => ({
  code: 'review',
  version: 1,
  trigger: 'review',
  title: 'Write a review',
  points: 50,
  enabled: true,
  startsOn: null,
  endsOn: null,
  capTimes: null,
  capPeriod: 'ever',
  pendingDays: 0,
  minimum: null,
  url: null,
  effectiveFrom: new Date('2026-03-01T00:00:00Z'),
  ...overrides,
});
let last = 0n;
const on = (day: string, amount: string | null = null): EarnedFor => {
  last += 1n;
  const occurredAt = new Date(`${day}T12:00:00Z`);
  return {
    id: last,
    key: String(last),
    occurredAt,
    localDay: day,
    amount: amount && decimal(amount),
  } as EarnedFor;
};
const points = (happenings: EarnedFor[], ...versions: EarnAction[]): number[] => {
  const earnings = computeEarnings(happenings, versions);
  return happenings.map(({ id }) => earnings.get(id)!.points);
};

describe('a way to earn', () => {
  it('gives its points each time, and nothing for what was before it', () => {
    expect(points([on('2026-02-28'), on('2026-03-02'), on('2026-03-02')], action())).toEqual([0, 50, 50]);
  });

  it.each([
    ['ever', [50, 0, 0, 0]],
    ['year', [50, 0, 0, 50]],
    ['month', [50, 0, 50, 50]],
    ['day', [50, 50, 50, 50]],
  ] as const)('gives once per %s when capped so', (capPeriod, expected) => {
    const days = ['2026-03-30', '2026-03-31', '2026-04-01', '2027-01-01'].map((day) => on(day));
    expect(points(days, action({ capTimes: 1, capPeriod }))).toEqual(expected);
  });

  it('gives twice a month when capped so', () => {
    const days = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-04-01'].map((day) => on(day));
    expect(points(days, action({ capTimes: 2, capPeriod: 'month' }))).toEqual([50, 50, 0, 50]);
  });

  it('keeps to its window, its switch and its minimum', () => {
    const [startsOn, endsOn] = ['2026-05-01', '2026-05-31'];
    const days = () => ['2026-04-30', '2026-05-01', '2026-05-31', '2026-06-01'].map((day) => on(day));
    expect(points(days(), action({ startsOn, endsOn }))).toEqual([0, 50, 50, 0]);
    expect(points(days(), action({ enabled: false }))).toEqual([0, 0, 0, 0]);
    const minimum = decimal('20');
    expect(
      points([on('2026-05-01', '19.99'), on('2026-05-01', '20'), on('2026-05-01')], action({ minimum })),
    ).toEqual([0, 50, 0]);
  });

  it('a change never changes the past', () => {
    const later = action({ version: 2, points: 10, effectiveFrom: new Date('2026-05-01T00:00:00Z') });
    expect(points([on('2026-04-30'), on('2026-05-02')], action(), later)).toEqual([50, 10]);
  });

  it('what gave nothing does not use up the cap', () => {
    const off = action({ enabled: false, capTimes: 1 });
    const open = action({ version: 2, capTimes: 1, effectiveFrom: new Date('2026-05-01T00:00:00Z') });
    expect(points([on('2026-04-30'), on('2026-05-02'), on('2026-05-03')], off, open)).toEqual([0, 50, 0]);
  });

  it('in whatever order it is told, the same happenings give the same; never more than the cap', () => {
    const days = fc.array(fc.integer({ min: 1, max: 28 }), { maxLength: 20 });
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 3 }), fc.integer(), (list, capTimes, seed) => {
        const happenings = list.map((day) => on(`2026-05-${String(day).padStart(2, '0')}`));
        const shuffled = happenings.toSorted(
          (a, b) => Number((a.id * BigInt(seed)) % 7n) - Number((b.id * BigInt(seed)) % 7n),
        );
        const rule = action({ capTimes, capPeriod: 'day' });
        const [one, other] = [computeEarnings(happenings, [rule]), computeEarnings(shuffled, [rule])];
        for (const { id } of happenings) expect(other.get(id)).toEqual(one.get(id));
        for (const day of new Set(list)) {
          const its = happenings.filter((_, n) => list[n] === day);
          const sum = its.reduce((all, { id }) => all + one.get(id)!.points, 0);
          expect(sum).toBe(Math.min(its.length, capTimes) * 50);
        }
      }),
    );
  });
});
