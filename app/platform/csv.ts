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
