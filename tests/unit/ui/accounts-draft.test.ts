import { expect, it } from 'vitest';
import { findAccountsMistakes } from '~/ui/loyalty/accounts-draft';

it('asks for the days only where points expire', () => {
  const draft = { pointValue: '0,01', days: '', mode: 'age' as const };
  expect(findAccountsMistakes(draft)).toHaveProperty('errors.days');
  expect(findAccountsMistakes({ ...draft, mode: 'never' })).toMatchObject({
    parsed: { pointValue: '0.01', mode: 'never' },
  });
  expect(findAccountsMistakes({ ...draft, mode: 'inactivity', days: '30' })).toMatchObject({
    parsed: { days: 30 },
  });
});
