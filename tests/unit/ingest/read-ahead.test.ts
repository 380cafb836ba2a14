import { expect, it } from 'vitest';
import { readAhead } from '../../../app/ingest/bulk/read-ahead';

const log: string[] = [];

async function* source(count: number, failAt = Infinity): AsyncGenerator<number> {
  try {
    for (let n = 1; n <= count; n += 1) {
      await Promise.resolve();
      if (n === failAt) throw new Error(`no ${n}`);
      log.push(`made ${n}`);
      yield n;
    }
  } finally {
    log.push('closed');
  }
}

async function read(values: AsyncGenerator<number>, until = Infinity): Promise<string[]> {
  log.length = 0;
  try {
    for await (const value of readAhead(values)) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      log.push(`read ${value}`);
      if (value === until) break;
    }
  } catch (error) {
    log.push(String(error));
  }
  return log;
}

it('makes the next value while the last is worked on, and no more than that', async () => {
  expect(await read(source(3))).toEqual([
    'made 1',
    'made 2',
    'read 1',
    'made 3',
    'read 2',
    'closed',
    'read 3',
  ]);
});

it('tells of a failure in its turn, after everything before it was worked on', async () => {
  expect((await read(source(3, 2))).slice(-2)).toEqual(['read 1', 'Error: no 2']);
});

it('closes the source when its reader stops', async () => {
  const told = await read(source(3), 1);
  expect(told).toContain('closed');
  expect(told).not.toContain('read 2');
});
