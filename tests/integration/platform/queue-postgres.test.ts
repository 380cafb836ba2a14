import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import { enqueue, enqueueForShops } from '~/jobs/enqueue.server';
import { pool, useDatabase } from '~/platform/db/index.server';
import { closeQueues, queue } from '~/platform/queue/queue.server';
import { useTestDatabase } from '../../setup/database';
import {
  consume,
  emptyQueues,
  queueSuite,
  recordStarts,
  startLimitMs,
  timeToStart,
} from '../../setup/queue-suite';
import { startTcpProxy, type TcpProxy } from '../../setup/tcp-proxy';

delete process.env.REDIS_URL; // this file is about BullMQ's PostgreSQL backend
const database = useTestDatabase();

queueSuite({
  dropWaitingConnections: async () => {
    const { rowCount } = await pool().query(`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'flows'`); // BullMQ names a worker's LISTEN connection
    return rowCount ?? 0;
  },
});

describe('when the network to PostgreSQL is cut', () => {
  let proxy: TcpProxy;
  beforeAll(async () => {
    proxy = await startTcpProxy(Number(new URL(database.url()).port));
    const url = new URL(database.url());
    url.hostname = '127.0.0.1'; // the embedded server is called through its socket otherwise
    url.port = String(proxy.port);
    await closeQueues();
    useDatabase(url.toString());
  });
  afterAll(async () => {
    proxy.restore();
    await emptyQueues();
    await closeQueues();
    useDatabase(database.url());
    await proxy.close();
  });

  it.each([1, 4])('for %i s, a worker goes on by itself when it is back', async (seconds) => {
    const recorder = recordStarts();
    await timeToStart(recorder, 1);
    proxy.cut();
    await sleep(seconds * 1_000);
    proxy.restore();
    expect(await timeToStart(recorder, 2)).toBeLessThan(startLimitMs);
    expect(await timeToStart(recorder, 3)).toBeLessThan(startLimitMs);
  });

  it('a worker with a job in hand finishes it when it is back', async () => {
    const done: number[] = [];
    consume(async (shopId) => {
      await sleep(1_000);
      done.push(shopId);
    });
    await enqueueForShops('flows.advance', [{ shopId: 1 }, { shopId: 2 }]);
    await expect.poll(() => queue('flows').getActiveCount()).toBe(1);
    proxy.cut();
    await sleep(3_000);
    proxy.restore();
    await expect.poll(() => new Set(done), { timeout: 60_000 }).toEqual(new Set([1, 2]));
    await expect.poll(() => queue('flows').getActiveCount(), { timeout: 60_000 }).toBe(0);
  }, 130_000);

  it('a producer fails at once, and works again when it is back', async () => {
    await enqueue('flows.advance', { shopId: 1 });
    proxy.cut();
    const since = performance.now();
    await expect(enqueue('flows.advance', { shopId: 2 })).rejects.toThrow();
    expect(performance.now() - since).toBeLessThan(startLimitMs);
    proxy.restore();
    await enqueue('flows.advance', { shopId: 3 });
  });

  it('a producer that was made meanwhile works when it is back', async () => {
    await closeQueues();
    proxy.cut();
    await expect(enqueue('flows.advance', { shopId: 4 })).rejects.toThrow();
    proxy.restore();
    await enqueue('flows.advance', { shopId: 5 });
  });
});
