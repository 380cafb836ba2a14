import { describe, expect, it } from 'vitest';
import { emptyDraft, findRewardMistakes, toRewardDraft, type RewardDraft } from '~/ui/rewards/reward-draft';
import { rewardTerms } from '../../factories/rewards';

const good: RewardDraft = { ...emptyDraft, title: '5 € off', value: '5', points: '500' };
const mistakes = (changes: Partial<RewardDraft>): string[] => {
  const found = findRewardMistakes({ ...good, ...changes });
  return 'errors' in found ? Object.keys(found.errors) : [];
};

describe('the form of a reward', () => {
  it('means what it shows, there and back', () => {
    for (const terms of [
      rewardTerms({ minimumSubtotal: '30', perCustomerLimit: 2 }),
      rewardTerms({ kind: 'percentage', value: '12.5', validityDays: null }),
      rewardTerms({ kind: 'free_shipping', value: null }),
      rewardTerms({ kind: 'free_product', value: null, variantId: '44', tierIds: [2, 3] }),
      rewardTerms({ kind: 'gift_card', value: null, slider: { perUnit: 100, most: 900, step: 50 } }),
    ])
      expect(findRewardMistakes(toRewardDraft(terms))).toEqual({ terms });
  });

  it('takes a comma, and nothing for what may be left out', () => {
    expect(
      findRewardMistakes({ ...good, value: '4,50', minimumSubtotal: ' ', validityDays: '' }),
    ).toMatchObject({
      terms: { value: '4.50', minimumSubtotal: null, validityDays: null },
    });
  });

  it.each<[Partial<RewardDraft>, string[]]>([
    [{ title: ' ' }, ['title']],
    [{ value: '' }, ['value']],
    [{ value: '0' }, ['value']],
    [{ value: '-5' }, ['value']],
    [{ kind: 'percentage', value: '101' }, ['value']],
    [{ kind: 'free_shipping', value: '' }, []],
    [{ points: '0' }, ['points']],
    [{ points: '1.5' }, ['points']],
    [{ minimumSubtotal: 'x' }, ['minimumSubtotal']],
    [{ minimumSubtotal: 'x', kind: 'store_credit' }, []], // a field that is not shown can't be corrected
    [{ validityDays: '0' }, ['validityDays']],
    [{ perCustomerLimit: '1001' }, ['perCustomerLimit']],
    [{ kind: 'free_product' }, ['variantId']],
    [{ choosesPoints: true, value: '' }, ['most']],
    [{ choosesPoints: true, most: '500' }, ['most']],
    [{ choosesPoints: true, most: '600', step: '101' }, ['step']],
    [{ choosesPoints: true, most: '600', perUnit: '50001' }, ['points']],
    [{ choosesPoints: true, kind: 'percentage', value: '' }, ['value']],
    [{ title: '', value: 'x', points: '' }, ['title', 'points', 'value']],
  ])('%j: mistakes %j', (changes, fields) => {
    expect(mistakes(changes).toSorted()).toEqual(fields.toSorted());
  });

  it('is not confused by what no form sends', () => {
    expect('errors' in findRewardMistakes(null)).toBe(true);
    expect('errors' in findRewardMistakes({ kind: 'gift' })).toBe(true);
  });
});
