import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldLots, noticeDays, planExpiry, type LifeEntry } from '~/modules/loyalty/expiry';
import type { ExpiryRule } from '~/modules/loyalty/types';
import { entry } from '../../factories/life-entry';

const rule = (overrides: Partial<ExpiryRule> = {}): ExpiryRule & { startDay: number } => ({
  version: 1,
  mode: 'age',
  days: 30,
  effectiveFrom: new Date(0),
  startDay: -1_000,
  ...overrides,
});

const balance = (entries: LifeEntry[]): number =>
  entries.filter(({ account }) => account === 'points').reduce((points, line) => points + line.points, 0);

describe('by age', () => {
  it('points live the days after the day they became spendable, and are gone on the next', () => {
    const entries = [entry('earn', 100, 0)];
    expect(planExpiry(entries, rule(), 30).points).toBe(0);
    expect(planExpiry(entries, rule(), 31)).toEqual({
      points: 100,
      dueDay: 31,
      lots: [{ day: 0, points: 100 }],
    });
  });

  it('what was spent took the oldest first', () => {
    const entries = [entry('earn', 100, 0), entry('earn', 50, 20), entry('redeem', -70, 25)];
    expect(planExpiry(entries, rule(), 31).lots).toEqual([{ day: 0, points: 30 }]);
    expect(planExpiry(entries, rule(), 51).lots).toEqual([
      { day: 0, points: 30 },
      { day: 20, points: 50 },
    ]);
  });

  it('who was below zero repays first: those points do not expire again', () => {
    const entries = [entry('earn', 20, 0), entry('reverse', -50, 1, { orderId: 9n }), entry('earn', 100, 2)];
    expect(planExpiry(entries, rule(), 40).points).toBe(70);
  });

  it('pending points never expire; released ones live from their release', () => {
    const entries = [
      entry('earn', 100, 0, { account: 'pending', orderId: 1n }),
      entry('release', -100, 14, { account: 'pending', orderId: 1n }),
      entry('release', 100, 14, { orderId: 1n }),
    ];
    expect(planExpiry(entries.slice(0, 1), rule(), 100).points).toBe(0);
    expect(planExpiry(entries, rule(), 44).points).toBe(0);
    expect(planExpiry(entries, rule(), 45).points).toBe(100);
  });

  it('points of an order that came from another profile keep their age', () => {
    const entries = [entry('merge', 100, 40, { orderId: 1n, since: 0 })];
    expect(planExpiry(entries, rule(), 41).points).toBe(100);
  });

  it('nothing expires within the notice after the rule came into force', () => {
    const entries = [entry('earn', 100, 0)];
    const fresh = rule({ days: 1 });
    expect(planExpiry(entries, { ...fresh, startDay: 50 }, 50 + noticeDays - 1).points).toBe(0);
    expect(planExpiry(entries, { ...fresh, startDay: 50 }, 50 + noticeDays).points).toBe(100);
  });

  it('never means never', () => {
    expect(planExpiry([entry('earn', 100, 0)], rule({ mode: 'never' }), 9_999).points).toBe(0);
  });
});

describe('by inactivity', () => {
  const idle = rule({ mode: 'inactivity' });

  it('everything goes when nothing was earned or spent for the days', () => {
    const entries = [entry('earn', 100, 0), entry('earn', 50, 20)];
    expect(planExpiry(entries, idle, 50).points).toBe(0);
    expect(planExpiry(entries, idle, 51)).toMatchObject({ points: 150, dueDay: 51 });
  });

  it.each([
    ['pending points count', entry('earn', 10, 40, { account: 'pending' }), 0],
    ['spending counts', entry('redeem', -10, 40), 0],
    ['points given by hand count', entry('adjust', 10, 40), 0],
    ['points taken by hand do not', entry('adjust', -10, 40), 90],
    ['a refund does not', entry('reverse', -10, 40, { orderId: 9n }), 90],
  ])('%s', (_what, activity, points) => {
    expect(planExpiry([entry('earn', 100, 0), activity], idle, 60).points).toBe(points);
  });
});

describe('a refund of an order whose points expired', () => {
  // The worked example of the README: 100 earned, 60 spent, 40 expired; then half of the order comes back.
  it('takes back 50: 40 of them were gone already and are given back, 10 had been spent', () => {
    const before = [
      entry('earn', 100, 0, { orderId: 1n }),
      entry('redeem', -60, 5),
      entry('expire', -40, 31),
    ];
    const refund = entry('reverse', -50, 40, { orderId: 1n });
    const { takenTwice, debt } = foldLots([...before, refund]);
    expect(takenTwice.get(refund.transactionId)).toBe(40);
    expect(debt).toBe(10);
    const after = [...before, refund, entry('expire', 40, 40)];
    expect(balance(after)).toBe(-10); // as if nothing had ever expired
    expect(foldLots(after)).toMatchObject({ owed: 0, debt: 10 });
  });

  it('of an order none of whose points are left or expired, takes others', () => {
    const entries = [
      entry('earn', 100, 0, { orderId: 1n }),
      entry('redeem', -100, 5),
      entry('earn', 80, 10, { orderId: 2n }),
      entry('reverse', -50, 20, { orderId: 1n }),
    ];
    expect(foldLots(entries).lots.map(({ left }) => left)).toEqual([0, 30]);
    expect(foldLots(entries).takenTwice.size).toBe(0);
  });
});

describe('points that reaching a tier gave', () => {
  it('and that expired are not taken again when it turns out not to be reached', () => {
    const back = entry('reverse', -100, 40, { tierId: 2 });
    const entries = [
      entry('earn', 100, 0, { tierId: 2 }),
      entry('expire', -100, 31),
      entry('earn', 70, 35, { orderId: 1n }),
      back,
    ];
    const { takenTwice, lots } = foldLots(entries);
    expect(takenTwice.get(back.transactionId)).toBe(100);
    expect(lots.map(({ left }) => left)).toEqual([0, 70]);
  });
});

describe('what a reward gives back', () => {
  const reward = { redemptionId: '7' };
  const bought = [entry('earn', 100, 0), entry('earn', 50, 20), entry('reserve', -120, 25, reward)];

  it('keeps the age of the points it took: the last taken come back first', () => {
    const half = [...bought, entry('return', 60, 28, reward)];
    // As if only 60 had been spent: 40 of the first are left, and all of the second.
    expect(foldLots(half).lots.map(({ day, left }) => ({ day, left }))).toEqual([
      { day: 0, left: 40 },
      { day: 20, left: 50 },
    ]);
    expect(planExpiry(half, rule(), 31).points).toBe(40);
  });

  it('all of it leaves things as they were', () => {
    const all = [...bought, entry('return', 60, 28, reward), entry('return', 60, 29, reward)];
    expect(foldLots(all)).toEqual(foldLots(bought.slice(0, 2)));
  });

  it('pays a debt first', () => {
    const debt = [...bought, entry('reverse', -50, 26, { orderId: 9n }), entry('return', 120, 28, reward)];
    expect(foldLots(debt)).toMatchObject({ debt: 0, lots: [{ left: 80 }, { left: 20 }] });
  });

  it('that somebody else had spent before a merge lives from the day it came', () => {
    expect(planExpiry([entry('return', 60, 28, reward)], rule(), 58).points).toBe(0);
    expect(planExpiry([entry('return', 60, 28, reward)], rule(), 59).points).toBe(60);
  });
});

describe('whatever happens', () => {
  const step = fc.record({
    kind: fc.constantFrom('earn', 'redeem', 'return', 'reverse', 'adjust', 'run', 'merge'),
    points: fc.integer({ min: 1, max: 200 }),
    order: fc.bigInt({ min: 1n, max: 4n }),
    days: fc.integer({ min: 0, max: 20 }),
  });

  /** Plays a life: what expires and is owed back is posted as the app does it. */
  function play(
    steps: { kind: string; points: number; order: bigint; days: number }[],
    mode: 'age' | 'inactivity',
  ) {
    const entries: LifeEntry[] = [];
    const due: { points: number; balance: number; naive: number }[] = [];
    let day = 0;
    for (const { kind, points, order, days } of steps) {
      day += days;
      if (kind === 'run') {
        const plan = planExpiry(entries, rule({ mode }), day);
        const recent = entries.filter(
          ({ since, points: its, kind: how }) =>
            since + 30 >= day && its > 0 && how !== 'expire' && how !== 'return',
        );
        due.push({
          points: plan.points,
          balance: balance(entries),
          naive: balance(entries) - balance(recent),
        });
        if (plan.points > 0) entries.push(entry('expire', -plan.points, day));
        expect(planExpiry(entries, rule({ mode }), day).points).toBe(0);
      } else if (kind === 'reverse') {
        const earned = balance(entries.filter(({ orderId }) => orderId === order));
        if (earned <= 0) continue;
        const back = entry('reverse', -Math.min(points, earned), day, { orderId: order });
        entries.push(back);
        const twice = foldLots(entries).takenTwice.get(back.transactionId);
        if (twice !== undefined) entries.push(entry('expire', twice, day));
      } else if (kind === 'return') {
        const spent = -balance(entries.filter(({ redemptionId }) => redemptionId === order.toString()));
        if (spent <= 0) continue;
        entries.push(entry('return', Math.min(points, spent), day, { redemptionId: order.toString() }));
      } else if (kind === 'redeem') {
        const taken = Math.min(points, balance(entries)); // nobody redeems points they don't have: reservePoints refuses
        if (taken > 0) entries.push(entry('redeem', -taken, day, { redemptionId: order.toString() }));
      } else if (kind === 'earn') entries.push(entry('earn', points, day, { orderId: order }));
      else if (kind === 'merge') entries.push(entry('merge', points, day));
      else entries.push(entry(kind, points, day));
      const { lots, debt, owed } = foldLots(entries);
      expect(lots.reduce((left, lot) => left + lot.left, 0) - debt - owed).toBe(balance(entries));
      expect(owed).toBe(0);
      expect(debt === 0 || lots.every(({ left }) => left === 0)).toBe(true);
    }
    return { entries, due };
  }

  it('the lots add up to the balance, nothing expires twice, nor more than there is', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 40 }),
        fc.constantFrom('age' as const, 'inactivity' as const),
        (steps, mode) => {
          for (const { points, balance: had } of play(steps, mode).due)
            expect(points).toBeLessThanOrEqual(Math.max(0, had));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('by age, at least what is beyond everything that came lately expires', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        for (const { points, naive } of play(steps, 'age').due) expect(points).toBeGreaterThanOrEqual(naive);
      }),
      { numRuns: 300 },
    );
  });

  it('no more is given back than had expired, whatever is refunded', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { entries } = play(steps, 'age');
        expect(balance(entries.filter(({ kind }) => kind === 'expire'))).toBeLessThanOrEqual(0);
      }),
    );
  });
});
