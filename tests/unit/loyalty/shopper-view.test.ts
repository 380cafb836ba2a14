import { describe, expect, it } from 'vitest';
import { describeReward, describeTier, isUsedUp, type Standing } from '~/modules/loyalty/shopper-view';
import type { TierProgramme } from '~/modules/loyalty/types';
import { decimal } from '~/platform/money';

const tier = (id: number, name: string, threshold: string) => ({
  id,
  name,
  threshold: decimal(threshold),
  multiplier: decimal('1'),
  entryPoints: 0,
});
const programme: TierProgramme = {
  version: 1,
  enabled: true,
  basis: 'net_spend',
  span: 'rolling_year',
  graceDays: 0,
  effectiveFrom: new Date('2026-01-01T00:00:00Z'),
  tiers: [tier(1, 'Silver', '200'), tier(2, 'Gold', '500')],
};
const standing = (tierId: number | null, figure: string | null, until: string | null = null): Standing => ({
  tierId,
  figure: figure === null ? null : decimal(figure),
  until: until === null ? null : new Date(until),
});

describe('a shopper’s tier', () => {
  it.each([
    ['never ordered', standing(null, null), null, { name: 'Silver', missing: '200', progress: 0 }],
    ['below the first', standing(null, '50.5'), null, { name: 'Silver', missing: '149.5', progress: 0.25 }],
    ['in between', standing(1, '499.99'), 'Silver', { name: 'Gold', missing: '0.01', progress: 0.99 }],
    // The tier follows the figure a moment later, or stays in its grace.
    [
      'over it, not computed yet',
      standing(1, '600'),
      'Silver',
      { name: 'Gold', missing: '0', progress: 0.99 },
    ],
    ['in grace', standing(2, '10'), 'Gold', null],
    ['below 0', standing(null, '-5'), null, { name: 'Silver', missing: '205', progress: 0 }],
  ])('%s', (_what, where, name, next) => {
    expect(describeTier(programme, where)).toMatchObject({ name, next, basis: 'net_spend' });
  });

  it('says until when, only of a tier one has', () => {
    const until = '2026-12-31T23:00:00.000Z';
    expect(describeTier(programme, standing(1, '250', until))?.until).toBe(until);
    expect(describeTier(programme, standing(null, '250', until))?.until).toBeNull();
  });

  it('is not told while there are none', () => {
    expect(describeTier(null, standing(1, '250'))).toBeNull();
  });
});

const reward = {
  id: 7n,
  enabled: true,
  title: '5 € off',
  kind: 'amount_off' as const,
  value: '5.0000',
  variantId: null,
  slider: null,
  tierIds: [],
  points: 500,
  minimumSubtotal: '20.0000',
  validityDays: null,
  perCustomerLimit: 2,
  combinesWithOrder: false,
  combinesWithProduct: false,
  combinesWithShipping: false,
};

it('a reward is used up at its limit, and never without one', () => {
  expect(isUsedUp(reward, new Map([['7', 1]]))).toBe(false);
  expect(isUsedUp(reward, new Map([['7', 2]]))).toBe(true);
  expect(isUsedUp(reward, new Map([['8', 2]]))).toBe(false);
  expect(isUsedUp({ ...reward, perCustomerLimit: null }, new Map([['7', 99]]))).toBe(false);
});

it('a reward is told without what only the merchant knows', () => {
  expect(describeReward(reward, 600)).toEqual({
    id: '7',
    title: '5 € off',
    kind: 'amount_off',
    points: 500,
    slider: null,
    minimum: '20',
  });
  const slider = { perUnit: 100, most: 2_000, step: 100 };
  expect(describeReward({ ...reward, slider }, 1_234).slider).toEqual({ ...slider, most: 1_200 });
  expect(describeReward({ ...reward, slider }, 100).slider).toEqual(slider);
});
