/** A field: text, which is kept from being run as a formula, or a number, which is written as it is. */
export type CsvField = string | number;

/**
 * A table as CSV by RFC 4180: comma, CRLF, quotes where needed. Text that a spreadsheet would take for a formula gets an
 * apostrophe in front; numbers do not, so that they can be added up.
 */
export function formatCsv(rows: CsvField[][]): string {
  return rows.map((row) => `${row.map(toField).join(',')}\r\n`).join('');
}

function toField(field: CsvField): string {
  if (typeof field === 'number') return String(field);
  const safe = /^[=+\-@\t\r\n]/.test(field) ? `'${field}` : field;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export interface CsvRow {
  line: number; // of the file, where the row begins; the first is 1
  cells: string[]; // trimmed
}

/** A file as rows, or the line where a quote begins that never ends. */
export type CsvReading = { rows: CsvRow[] } | { openQuote: number };

/**
 * Reads CSV as spreadsheets write it: comma, semicolon or tab (whichever the first row has most of), any kind of line end,
 * quotes with doubled quotes inside, a mark of UTF-8 in front. Rows without any text are left out.
 */
export function readCsv(text: string): CsvReading {
  const source = text.replace(/^\ufeff/, '');
  const separator = separatorOf(source);
  const rows: CsvRow[] = [];
  let row: CsvRow = { line: 1, cells: [] };
  let line = 1;
  let at = 0;
  while (at < source.length) {
    const cell = readCell(source, at, separator);
    if (!cell) return { openQuote: line };
    row.cells.push(cell.text.trim());
    line += countBreaks(source, at, cell.end);
    at = cell.end + 1;
    if (source[cell.end] === separator) {
      if (at === source.length) row.cells.push('');
      continue;
    }
    if (source[cell.end] === '\r' && source[at] === '\n') at += 1;
    rows.push(row);
    line += 1;
    row = { line, cells: [] };
  }
  if (row.cells.length > 0) rows.push(row);
  return { rows: rows.filter(({ cells }) => cells.some((cell) => cell !== '')) };
}

const cellEnd = { ',': /[,\r\n]/g, ';': /[;\r\n]/g, '\t': /[\t\r\n]/g };
type Separator = keyof typeof cellEnd;

/** The cell that begins at `from`, and where it ends: at a separator, a line break or the end. Null when its quote stays open. */
function readCell(source: string, from: number, separator: Separator): { text: string; end: number } | null {
  const quote = /[^\S\r\n\t]*"/y;
  quote.lastIndex = from;
  if (!quote.test(source)) {
    const end = nextMatch(cellEnd[separator], source, from);
    return { text: source.slice(from, end), end };
  }
  const begin = quote.lastIndex;
  const closing = closingQuote(source, begin);
  if (closing === -1) return null;
  const end = nextMatch(cellEnd[separator], source, closing + 1);
  const inside = source.slice(begin, closing).replaceAll('""', '"');
  return { text: inside + source.slice(closing + 1, end), end };
}

/** The quote that ends a cell: the first one that is not doubled. -1 for none. */
function closingQuote(source: string, from: number): number {
  for (let at = source.indexOf('"', from); at !== -1; at = source.indexOf('"', at + 2)) {
    if (source[at + 1] !== '"') return at;
  }
  return -1;
}

function nextMatch(pattern: RegExp, source: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.exec(source)?.index ?? source.length;
}

/** Line breaks within a quoted cell. */
function countBreaks(source: string, from: number, to: number): number {
  return source.slice(from, to).match(/\r\n|\r|\n/g)?.length ?? 0;
}

function separatorOf(source: string): Separator {
  const first = /^[^\r\n]*/.exec(source.trimStart())?.[0] ?? '';
  const count = (separator: string): number => first.split(separator).length;
  if (count(';') > count(',') && count(';') >= count('\t')) return ';';
  return count('\t') > count(',') ? '\t' : ',';
}
