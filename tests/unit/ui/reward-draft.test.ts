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
    [{ validityDays: '0' }, ['validityDays']],
    [{ perCustomerLimit: '1001' }, ['perCustomerLimit']],
    [{ title: '', value: 'x', points: '' }, ['title', 'points', 'value']],
  ])('%j: mistakes %j', (changes, fields) => {
    expect(mistakes(changes)).toEqual(fields);
  });

  it('is not confused by what no form sends', () => {
    expect('errors' in findRewardMistakes(null)).toBe(true);
    expect('errors' in findRewardMistakes({ kind: 'gift' })).toBe(true);
  });
});
