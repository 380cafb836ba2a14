import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCsv, readCsv } from '~/platform/csv';

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

describe('reading a CSV file', () => {
  const cells = (text: string) => {
    const read = readCsv(text);
    return 'rows' in read ? read.rows.map((row) => row.cells) : read;
  };

  it.each([
    ['a,b\nc,d', 'line feeds'],
    ['a,b\r\nc,d\r\n', 'CRLF'],
    ['a,b\rc,d', 'carriage returns'],
    ['\ufeffa;b\r\nc;d', 'a mark in front and semicolons'],
    ['a\tb\nc\td\n\n', 'tabs, empty lines at the end'],
    ['"a", "b"\n c ,"d" ', 'quotes and spaces'],
  ])('%j has two rows of two cells (%s)', (text) => {
    expect(cells(text)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('knows what quotes hold, and which line a row began on', () => {
    expect(readCsv('a,"two\r\nlines, ""said"" she"\n\nb,c"d\n,')).toEqual({
      rows: [
        { line: 1, cells: ['a', 'two\r\nlines, "said" she'] },
        { line: 4, cells: ['b', 'c"d'] },
      ],
    });
    expect(cells('a,b,\n')).toEqual([['a', 'b', '']]);
    expect(cells('')).toEqual([]);
  });

  it('says where a quote begins that never ends', () => {
    expect(readCsv('a,b\n"c,d\ne,f')).toEqual({ openQuote: 2 });
  });

  it('reads what formatCsv writes', () => {
    const cell = fc
      .string({ unit: fc.constantFrom('a', 'B', ' ', '"', ',', ';', '\n', '1') })
      .map((text) => `x${text}x`); // neither a formula nor spaces at an end
    const rows = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(rows, (table) => {
        const all = [['a', 'b', 'c'], ...table];
        expect(cells(formatCsv(all))).toEqual(all);
      }),
    );
  });
});
