import { badRequest } from './connection';

/** A value a filter can look at: text, a list of texts, a whole number, money or a time. */
export type Searchable = string | number | bigint | boolean | Date | readonly string[] | null;

const TERM = /\s*(?:(AND)\b\s*)?(-|NOT\s+)?([a-z_]+):(>=|<=|>|<)?(?:"([^"]*)"|'([^']*)'|([^\s()]+))/gy;

interface Term {
  readonly field: string;
  readonly operator: string;
  readonly value: string;
  readonly negated: boolean;
}

/** Reads Shopify's search syntax as far as it is a list of `field:value` terms that all must hold. */
function parseSearch(query: string): Term[] {
  const terms: Term[] = [];
  const text = query.trim();
  TERM.lastIndex = 0;
  let end = 0;
  while (end < text.length) {
    const match = TERM.exec(text);
    if (match === null) throw badRequest(`The stand-in cannot read this search: ${text.slice(end)}`);
    const [, , negation, field = '', operator = '', doubleQuoted, singleQuoted, bare = ''] = match;
    terms.push({
      field,
      operator,
      value: doubleQuoted ?? singleQuoted ?? bare,
      negated: negation !== undefined,
    });
    end = TERM.lastIndex;
  }
  return terms;
}

function compare(actual: Exclude<Searchable, null | readonly string[]>, term: Term): boolean {
  const [left, right] = comparable(actual, term.value);
  if (term.operator === '>') return left > right;
  if (term.operator === '>=') return left >= right;
  if (term.operator === '<') return left < right;
  if (term.operator === '<=') return left <= right;
  return left === right;
}

function comparable(
  actual: string | number | bigint | boolean | Date,
  wanted: string,
): [bigint | number | string, bigint | number | string] {
  if (actual instanceof Date) return [actual.getTime(), new Date(wanted).getTime()];
  if (typeof actual === 'bigint') return [actual, BigInt(/(\d+)$/.exec(wanted)?.[1] ?? '-1')];
  if (typeof actual === 'number') return [actual, Number(wanted)];
  return [String(actual).toLowerCase(), wanted.toLowerCase()];
}

function holds(actual: Searchable, term: Term): boolean {
  if (actual === null) return false;
  if (typeof actual !== 'object' || actual instanceof Date) return compare(actual, term);
  return actual.some((entry) => entry.toLowerCase() === term.value.toLowerCase());
}

/** Items that match the query. `fields` gives what each known filter looks at; another filter is an error. */
export function search<T>(
  items: readonly T[],
  query: string | null,
  fields: Readonly<Record<string, (item: T) => Searchable>>,
): T[] {
  if (query === null || query.trim() === '') return [...items];
  const tests = parseSearch(query).map((term) => {
    const field = fields[term.field];
    if (field === undefined)
      throw badRequest(`The stand-in does not implement the search filter "${term.field}".`);
    return (item: T) => holds(field(item), term) !== term.negated;
  });
  return items.filter((item) => tests.every((test) => test(item)));
}
