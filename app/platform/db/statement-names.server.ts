import { createHash } from 'node:crypto';

/** More than the app has statements of its own; beyond it are only those whose text depends on their input. */
const maxNames = 600;

/**
 * Names for prepared statements: PostgreSQL then parses and plans a statement once per connection and not each time, which
 * for small batches is most of its work. The same text has the same name. A statement only gets one when it comes a second
 * time, and after `maxNames` no other does: what has a text of its own each time must not fill the server's memory.
 */
export function createStatementNames(): (sql: string) => string {
  const names = new Map<string, string>();
  return (sql) => {
    const known = names.get(sql);
    if (known === undefined && names.size < maxNames) names.set(sql, '');
    else if (known === '') names.set(sql, createHash('sha1').update(sql).digest('base64url'));
    return names.get(sql) ?? '';
  };
}
