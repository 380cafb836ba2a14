import { describe, expect, it } from 'vitest';
import { findSetupMistakes, previewEarn, startSetup } from '~/ui/reach/setup-draft';
import { shopperLanguages, shopperWords } from '~/ui/reach/shopper-words';

const draft = { ...startSetup('1', false), title: '5 € off', value: '5', points: '100' };

describe('the three steps to a programme', () => {
  it('become a rate and a first reward', () => {
    const found = findSetupMistakes({ ...draft, pointsPerUnit: '1,5' });
    expect(found).toMatchObject({
      parsed: {
        pointsPerUnit: '1.5',
        reward: { title: '5 € off', kind: 'amount_off', value: '5', points: 100 },
      },
    });
    expect(findSetupMistakes(startSetup('2', true))).toEqual({
      parsed: { pointsPerUnit: '2', reward: null },
    });
  });

  it('mark what is missing, each at its field', () => {
    const found = findSetupMistakes({ ...draft, pointsPerUnit: 'many', title: ' ', value: '', points: '0' });
    expect('errors' in found && Object.keys(found.errors).sort()).toEqual([
      'points',
      'pointsPerUnit',
      'title',
      'value',
    ]);
    expect(findSetupMistakes(null)).toHaveProperty('errors.pointsPerUnit');
    expect(findSetupMistakes({ pointsPerUnit: 1, withReward: 'yes' })).toHaveProperty('errors.pointsPerUnit');
  });

  it('show what an order earns while the rate is typed', () => {
    expect([previewEarn('1.5', '80.00'), previewEarn('', '80.00'), previewEarn('x', '80.00')]).toEqual([
      120,
      null,
      null,
    ]);
  });
});

describe('the preview', () => {
  it.each(shopperLanguages)('says everything in %s', (language) => {
    const { say, number } = shopperWords(language);
    for (const key of ['heading', 'redeem']) expect(say('checkout', key)).not.toBe('');
    for (const count of [1, 1_200])
      for (const said of [
        say('checkout', 'balance', { count, points: number(count) }),
        say('checkout', 'earns', { count, points: number(count) }),
        say('account', 'points', { count, number: number(count) }),
        say('account', 'toGo', { count, points: number(count) }),
      ])
        expect(said).toContain(number(count));
    for (const key of ['balanceHeading', 'rewardsHeading', 'redeem'])
      expect(say('account', key)).not.toBe('');
    expect(say('account', 'order_earned', { order: '#1004' })).toContain('#1004');
  });
});
