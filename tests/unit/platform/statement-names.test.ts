import { describe, expect, it } from 'vitest';
import { createStatementNames } from '~/platform/db/statement-names.server';

describe('names of prepared statements', () => {
  it('come with the second use, and stay', () => {
    const nameOf = createStatementNames();
    expect(nameOf('SELECT 1')).toBe('');
    const name = nameOf('SELECT 1');
    expect(name.length).toBeGreaterThan(20);
    expect(name.length).toBeLessThan(64); // PostgreSQL cuts longer ones
    expect(nameOf('SELECT 1')).toBe(name);
    nameOf('SELECT 2');
    expect(nameOf('SELECT 2')).not.toBe(name);
  });

  it('are the same in every process', () => {
    const [one, other] = [createStatementNames(), createStatementNames()];
    one('SELECT 1');
    other('SELECT 1');
    expect(one('SELECT 1')).toBe(other('SELECT 1'));
  });

  it('run out, so that statements made from their input do not fill the server', () => {
    const nameOf = createStatementNames();
    const names = new Set<string>();
    for (let n = 0; n < 5_000; n += 1) {
      nameOf(`SELECT ${n}`);
      names.add(nameOf(`SELECT ${n}`));
    }
    expect(names.size).toBeLessThan(1_000);
    expect(names.has('')).toBe(true);
  });
});
