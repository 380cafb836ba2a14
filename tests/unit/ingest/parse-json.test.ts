import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '~/ingest/payloads/parse-json';

/** JSON text of a value in which bigints are bare digits, as Shopify writes ids. */
function write(value: unknown): string {
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return `[${value.map(write).join(' , ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, item]) => `${JSON.stringify(key)} :\n${write(item)}`)
      .join(',')}}`;
  }
  return JSON.stringify(value);
}

/** What `parseJson` promises for it. */
function expected(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return value.map(expected);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, expected(item)]));
  return value;
}

const longInteger = fc.bigInt({ min: 10n ** 15n, max: 10n ** 30n }).map((value) => value);
const signed = fc.tuple(longInteger, fc.boolean()).map(([value, negative]) => (negative ? -value : value));
const trickyText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '12345678901234567890',
    '"',
    '\\',
    '\\"',
    '": 12345678901234567890',
    '\\\\"12345678901234567890',
    ': 12345678901234567890,',
  ),
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, 0, -1.5, 1e21, 1.0000000000000002, 123456789012345),
    trickyText,
    signed,
    fc.array(tie('tree')),
    fc.dictionary(
      trickyText.filter((key) => key !== '__proto__'),
      tie('tree'),
    ),
  ),
}));

describe('parseJson', () => {
  it('keeps every digit of long whole numbers and changes nothing else', () => {
    fc.assert(
      fc.property(tree, (value) => {
        expect(parseJson(write(value))).toEqual(expected(value));
      }),
      { numRuns: 1_000 },
    );
  });

  it('refuses exactly what JSON.parse refuses', () => {
    const fragments = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '\\',
      ' ',
      '-',
      '+',
      '.',
      'e',
      'E',
      '0',
      '1234567890123456',
      '9',
      'true',
      'null',
      '"a"',
      '\\u0041',
    );
    fc.assert(
      fc.property(
        fc.array(fragments, { maxLength: 8 }).map((parts) => parts.join('')),
        (text) => {
          expect(accepts(() => parseJson(text))).toBe(accepts(() => JSON.parse(text)));
        },
      ),
      { numRuns: 20_000 },
    );
  });

  it('leaves fractions, exponents and digits in strings as they are', () => {
    const text =
      '{"a":0.12345678901234567,"b":12345678901234567.5,"c":1e-12345678901234567,"d":"12345678901234567","e":12345678901234567e2}';
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  it('reads an id of an order that JavaScript would round', () => {
    expect(parseJson('{"id":820982911946154508,"list":[-9007199254740993]}')).toEqual({
      id: '820982911946154508',
      list: ['-9007199254740993'],
    });
  });

  it('drops what PostgreSQL cannot keep: NUL and halves of surrogate pairs', () => {
    expect(parseJson('{"a":"x\\u0000y","b":"\\ud83d","c":"\\ud83d\\ude00","d":"\\\\u0000"}')).toEqual({
      a: 'xy',
      b: '\ufffd',
      c: '😀',
      d: '\\u0000',
    });
  });

  it('is quick about a body full of long ids', () => {
    const body = JSON.stringify(
      Array.from({ length: 20_000 }, (_, index) => ({ id: `@${index}`, title: 'a "quoted" \\ title' })),
    ).replaceAll(/"@(\d+)"/g, '9000000000000$1');
    const startedAt = performance.now();
    parseJson(body);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});

function accepts(work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}
