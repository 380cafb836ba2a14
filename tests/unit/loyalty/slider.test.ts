import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canSpend, computeSliderValue, findMostPoints } from '~/modules/loyalty/rewards/slider';

const slider = { points: 200, slider: { perUnit: 100, most: 1_000, step: 300 } };

it.each([
  [199, null],
  [200, 200],
  [499, 200],
  [500, 500],
  [5_000, 800],
])('with %d points one can choose at most %d', (balance, most) => {
  expect(findMostPoints(slider, balance)).toBe(most);
});

it.each([
  [100, 1_250, '12.5'],
  [100, 1_251, '12.51'],
  [300, 1_000, '3.33'], // never more than the points are worth
  [1, 7, '7'],
])('%d points for 1.00: %d are worth %s', (perUnit, points, value) => {
  expect(computeSliderValue(perUnit, points)).toBe(value);
});

it('are worth no part of a coin where the currency has none', () => {
  expect(computeSliderValue(100, 1_250, 0)).toBe('12');
});

it('the most one can choose can be chosen, is paid for, and the next step can’t', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5_000 }),
      fc.integer({ min: 1, max: 5_000 }),
      fc.integer({ min: 1, max: 500 }),
      fc.integer({ min: 0, max: 20_000 }),
      (least, more, step, balance) => {
        const reward = { points: least, slider: { perUnit: 100, most: least + more, step } };
        const most = findMostPoints(reward, balance);
        if (most === null) {
          expect(balance).toBeLessThan(least);
          return;
        }
        expect(canSpend(reward, most)).toBe(true);
        expect(most).toBeLessThanOrEqual(balance);
        expect(canSpend(reward, most + step) && most + step <= balance).toBe(false);
      },
    ),
  );
});
