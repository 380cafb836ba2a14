import { readCsv, type CsvRow } from '~/platform/csv';

/** Why a line of a file cannot be posted. */
export const lineProblems = [
  'noCustomer',
  'badCustomer',
  'roundedId',
  'noPoints',
  'notWhole',
  'zero',
  'tooMany',
  'longReason',
  'extraCells',
] as const;
export type LineProblem = (typeof lineProblems)[number];

/** Why a file cannot be read at all. */
export type FileProblem = 'empty' | 'tooLarge' | 'tooManyLines' | 'notText' | 'noColumns' | 'openQuote';

/** One line of a file: who, how many points, why. With a problem, what could not be read is null. */
export interface AdjustmentLine {
  line: number; // of the file; the first is 1
  who: string | null; // an address in lower case, or the digits of a Shopify customer id
  points: number | null; // whole, signed, not 0
  reason: string | null;
  problem: LineProblem | null;
}

export type AdjustmentFile = { lines: AdjustmentLine[] } | { problem: FileProblem; line: number | null };

export const mostLines = 50_000;
export const mostBytes = 5 * 1024 * 1024;
export const mostPoints = 1_000_000; // at once, as by hand
const longestReason = 500;

interface Columns {
  id: number; // of the Shopify customer id; -1 where the file has no such column
  email: number;
  points: number;
  reason: number;
  count: number;
}

const names: Record<Exclude<keyof Columns, 'count'>, readonly string[]> = {
  id: ['id', 'customer id', 'customer_id', 'shopify customer id', 'shopify id', 'customerid'],
  email: ['email', 'e-mail', 'mail', 'email address', 'e-mail address', 'customer', 'customer email'],
  points: ['points', 'point', 'change', 'adjustment', 'amount'],
  reason: ['reason', 'note', 'comment'],
};

/**
 * Reads a file of adjustments: customer (address or Shopify id), points, and if wanted a reason, named by a first line or in
 * this order. Every line comes back, those that cannot be used with what is wrong. Pure; runs in the browser too.
 */
export function readAdjustmentFile(text: string): AdjustmentFile {
  const problem = findFileProblem(text);
  if (problem) return { problem, line: null };
  const file = readCsv(text);
  if ('openQuote' in file) return { problem: 'openQuote', line: file.openQuote };
  const [first, ...rest] = file.rows;
  if (!first) return { problem: 'empty', line: null };
  const named = columnsOf(first.cells);
  if (!named && !looksLikeData(first.cells)) return { problem: 'noColumns', line: first.line };
  const rows = named ? rest : file.rows;
  if (rows.length === 0) return { problem: 'empty', line: null };
  if (rows.length > mostLines) return { problem: 'tooManyLines', line: null };
  const columns = named ?? { id: -1, email: 0, points: 1, reason: 2, count: 3 };
  return { lines: rows.map((row) => readLine(row, columns)) };
}

function findFileProblem(text: string): FileProblem | null {
  if (text.length > mostBytes || new TextEncoder().encode(text).length > mostBytes) return 'tooLarge';
  // A character that stands for what could not be read, half a character, or none that text has.
  return /[\ufffd\0]|\p{Surrogate}/u.test(text) ? 'notText' : null;
}

function columnsOf(cells: string[]): Columns | null {
  const titles = cells.map((cell) => cell.toLowerCase());
  const find = (column: keyof typeof names): number =>
    titles.findIndex((title) => names[column].includes(title));
  const [id, email, points] = [find('id'), find('email'), find('points')];
  if (points === -1 || (id === -1 && email === -1)) return null;
  return { id, email, points, reason: find('reason'), count: cells.length };
}

function looksLikeData(cells: string[]): boolean {
  return readWho(cells[0] ?? '') !== null || readPoints(cells[1] ?? '') !== null;
}

function readLine({ line, cells }: CsvRow, columns: Columns): AdjustmentLine {
  const cell = (column: number): string => cells[column] ?? '';
  const customer = cell(columns.id) || cell(columns.email);
  const [who, points, reason] = [readWho(customer), readPoints(cell(columns.points)), cell(columns.reason)];
  const problem =
    problemOfWho(customer, who) ??
    problemOfPoints(cell(columns.points), points) ??
    (reason.length > longestReason ? 'longReason' : null) ??
    (cells.slice(columns.count).some((extra) => extra !== '') ? 'extraCells' : null);
  return {
    line,
    who,
    points: problem === 'tooMany' ? null : points,
    reason: reason === '' || problem === 'longReason' ? null : reason,
    problem,
  };
}

/** An address, or the digits of a Shopify id, also as Shopify's exports write it ('123) or its API (gid://...). */
function readWho(text: string): string | null {
  const [, digits] = /^(?:'|gid:\/\/shopify\/customer\/)?(\d{1,18})$/i.exec(text) ?? [];
  if (digits) return BigInt(digits).toString();
  const email = text.toLowerCase();
  return email.length <= 320 && /^[^\s@]+@[^\s@]+$/.test(email) ? email : null;
}

function problemOfWho(text: string, who: string | null): LineProblem | null {
  if (who !== null) return null;
  if (text === '') return 'noCustomer';
  return /^\d+([.,]\d+)?e\+?\d+$/i.test(text) ? 'roundedId' : 'badCustomer';
}

function readPoints(text: string): number | null {
  const plain = text.replace(/^'/, '').replace(/^[\u2212\u2013]/, '-'); // what word processors make of a minus
  return /^[+-]?\d{1,15}$/.test(plain) ? Number(plain) : null;
}

function problemOfPoints(text: string, points: number | null): LineProblem | null {
  if (points === null) return text === '' ? 'noPoints' : 'notWhole';
  if (points === 0) return 'zero';
  return Math.abs(points) > mostPoints ? 'tooMany' : null;
}
