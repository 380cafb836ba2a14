import { describe, expect, it } from 'vitest';
import { catalogues } from './shop-in-language';

/** `balance.one` -> the placeholders in it. */
function shape(value: unknown, prefix = ''): [string, string[]][] {
  if (typeof value === 'string') return [[prefix, (value.match(/\{\{\w+\}\}/g) ?? []).sort()]];
  return Object.entries(value as object).flatMap(([key, inner]) =>
    shape(inner, prefix ? `${prefix}.${key}` : key),
  );
}

describe('catalogues of the loyalty block', () => {
  it.each(['de', 'fr'] as const)('%s has the keys and placeholders of the default', (language) => {
    expect(Object.fromEntries(shape(catalogues[language]))).toEqual(Object.fromEntries(shape(catalogues.en)));
  });

  it('has no empty text', () => {
    expect(JSON.stringify(catalogues)).not.toContain('""');
  });
});
