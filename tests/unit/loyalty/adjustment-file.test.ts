import { describe, expect, it } from 'vitest';
import { readAdjustmentFile, type AdjustmentLine } from '~/modules/loyalty/types';

const lines = (text: string): AdjustmentLine[] => {
  const file = readAdjustmentFile(text);
  if ('problem' in file) throw new Error(file.problem);
  return file.lines;
};
const one = (text: string) => lines(`email,points,reason\n${text}`)[0];

describe('a file of adjustments', () => {
  it('is read with a first line that names the columns, in any order, or without one', () => {
    const anna = { who: 'anna@shop.example', points: 100, reason: 'thanks', problem: null };
    expect(lines('Reason;Points;E-Mail\nthanks;100; Anna@Shop.example ')).toEqual([{ line: 2, ...anna }]);
    expect(lines('anna@shop.example,+100,thanks')).toEqual([{ line: 1, ...anna }]);
    expect(lines('points,Customer ID\n-5,7001')).toEqual([
      { line: 2, who: '7001', points: -5, reason: null, problem: null },
    ]);
  });

  it('takes the Shopify id where a line has both', () => {
    expect(
      lines('email,id,points\nanna@shop.example,7001,1\nben@shop.example,,2').map(({ who }) => who),
    ).toEqual(['7001', 'ben@shop.example']);
  });

  it.each([
    ['7001', '7001'],
    ["'7001", '7001'],
    ['gid://shopify/Customer/7001', '7001'],
    ['ANNA@shop.example', 'anna@shop.example'],
  ])('%s is a customer', (text, who) => {
    expect(one(`${text},5`)).toMatchObject({ who, problem: null });
  });

  it.each([
    [',5', 'noCustomer'],
    ['anna,5', 'badCustomer'],
    ['7.12E+12,5', 'roundedId'],
    ['a@b.example,', 'noPoints'],
    ['a@b.example,five', 'notWhole'],
    ['a@b.example,1.5', 'notWhole'],
    ['a@b.example,"1,000"', 'notWhole'],
    ['a@b.example,0', 'zero'],
    ['a@b.example,1000001', 'tooMany'],
    ['a@b.example,-1000001', 'tooMany'],
    [`a@b.example,5,${'x'.repeat(501)}`, 'longReason'],
    ['a@b.example,5,Sorry, it was late', 'extraCells'],
  ])('%s: %s', (text, problem) => {
    expect(one(text)).toMatchObject({ line: 2, problem });
  });

  it('knows a minus sign from a dash of a word processor, and says it is one', () => {
    expect(one('a@b.example,\u221220')).toMatchObject({ points: -20, problem: null });
  });

  it.each([
    ['', 'empty'],
    ['email,points\n', 'empty'],
    ['name,city\nAnna,Berlin', 'noColumns'],
    ['a@b.example,5\n"c@d.example,5', 'openQuote'],
    ['M\ufffdller,5', 'notText'],
    ['a@b.example,5\0', 'notText'],
    ['a@b.example,5,\ud800', 'notText'],
    [`a@b.example,5\n`.repeat(50_001), 'tooManyLines'],
    [`a@b.example,5,${'ü'.repeat(3 * 1024 * 1024)}`, 'tooLarge'],
  ])('cannot be read: %#', (text, problem) => {
    expect(readAdjustmentFile(text)).toMatchObject({ problem });
  });

  it('of 50,000 lines is read in a moment', () => {
    const text = Array.from({ length: 50_000 }, (_, index) => `p${index}@mail.example,5,"a ""reason"""`).join(
      '\r\n',
    );
    const begun = performance.now();
    expect(lines(text)).toHaveLength(50_000);
    expect(performance.now() - begun).toBeLessThan(3_000);
  });
});
