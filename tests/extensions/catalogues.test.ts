import { describe, expect, it } from 'vitest';
import { shapeOf } from './languages';
import { catalogues as account } from './loyalty-account/catalogues';
import { catalogues as order } from './loyalty-order/catalogues';
import { catalogues as checkout } from './loyalty-checkout/catalogues';

describe.each([
  ['loyalty-checkout', checkout],
  ['loyalty-account', account],
  ['loyalty-order', order],
])('catalogues of %s', (_name, catalogues) => {
  it.each(['de', 'fr'] as const)('%s has the keys and placeholders of the default', (language) => {
    expect(Object.fromEntries(shapeOf(catalogues[language]))).toEqual(
      Object.fromEntries(shapeOf(catalogues.en)),
    );
  });

  it('has no empty text', () => {
    expect(JSON.stringify(catalogues)).not.toContain('""');
  });
});
