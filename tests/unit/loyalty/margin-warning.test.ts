import { describe, expect, it } from 'vitest';
import { findMarginWarning } from '~/modules/loyalty/types';
import { decimal } from '~/platform/money';
import { rewardTerms } from '../../factories/rewards';

const margin = decimal('0.4');
const off = (value: string, minimumSubtotal: string | null = null) =>
  rewardTerms({ kind: 'amount_off', value, minimumSubtotal });

describe('whether a reward sells below cost', () => {
  it.each([
    ['5.00 off any order, at 40 %', off('5'), margin, { kind: 'no_minimum', minimum: '12.5' }],
    ['5.00 off orders from 12.50', off('5', '12.5'), margin, null],
    ['5.00 off orders from 10.00', off('5', '10'), margin, { kind: 'below_cost', minimum: '12.5' }],
    ['a minimum that is rounded up', off('1'), decimal('0.3'), { kind: 'no_minimum', minimum: '3.34' }],
    ['40 % off', rewardTerms({ kind: 'percentage', value: '40' }), margin, null],
    [
      '41 % off',
      rewardTerms({ kind: 'percentage', value: '41' }),
      margin,
      { kind: 'below_cost', minimum: null },
    ],
    ['no margin at all', off('5', '100'), decimal('0'), { kind: 'below_cost', minimum: null }],
    ['no unit costs', off('5', '100'), null, { kind: 'unknown' }],
    ['free shipping', rewardTerms({ kind: 'free_shipping', value: null }), null, null],
  ])('%s', (_name, terms, share, warning) => {
    expect(findMarginWarning(terms, share)).toEqual(warning);
  });
});
