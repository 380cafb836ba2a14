import { describe, expect, it } from 'vitest';
import { formatCsv } from '~/platform/csv';

describe('a CSV file', () => {
  it('quotes what needs it, and ends each line', () => {
    expect(
      formatCsv([
        ['a', 1, -2.5],
        ['say "hi"', 'x,y', 'two\nlines'],
      ]),
    ).toBe('a,1,-2.5\r\n"say ""hi""","x,y","two\nlines"\r\n');
    expect(formatCsv([])).toBe('');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('makes no formula of %j', (text) => {
    expect(formatCsv([[text]])).toMatch(/^"?'/);
  });
});
