import type { Job, Worker } from 'bullmq';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { jobDefinitions, jobNames, type JobDefinition } from '~/jobs/definitions';
import { enqueue, enqueueForShops, jobOptions } from '~/jobs/enqueue.server';
import { startWorkers } from '~/jobs/worker';
import { createWorker, queue, queueNames } from '~/platform/queue/queue.server';

/** The longest a job may wait for a worker that has nothing to do. */
export const startLimitMs = 2_000;

const scheduled = jobNames.filter((name) => 'everyMs' in jobDefinitions[name]);
const workers: Worker[] = [];

/** A worker on the `flows` queue, closed when the test ends. */
export function consume(work: (shopId: number) => Promise<unknown>, concurrency = 1): Worker {
  const processor = (job: Job) => work(jobDefinitions['flows.advance'].schema.parse(job.data).shopId);
  const worker = createWorker('flows', processor, { concurrency });
  workers.push(worker);
  return worker;
}

/** A worker that writes down when each job started. */
export function recordStarts(): { startOf: (shopId: number) => number | undefined } {
  const starts = new Map<number, number>();
  consume(async (shopId) => {
    starts.set(shopId, performance.now());
  });
  return { startOf: (shopId) => starts.get(shopId) };
}

/** Adds a job and says how long it waited. */
export async function timeToStart(
  recorder: ReturnType<typeof recordStarts>,
  shopId: number,
): Promise<number> {
  const addedAt = performance.now();
  await enqueue('flows.advance', { shopId });
  await expect.poll(() => recorder.startOf(shopId), { timeout: 25_000, interval: 20 }).toBeDefined();
  return recorder.startOf(shopId)! - addedAt;
}

export async function emptyQueues(): Promise<void> {
  await Promise.all(workers.splice(0).map((worker) => worker.close()));
  for (const name of queueNames) await queue(name).obliterate({ force: true });
}

/** What we rely on BullMQ for, on whichever backend the file has chosen. */
export function queueSuite(backend: { dropWaitingConnections: () => Promise<number> }): void {
  beforeAll(emptyQueues);
  beforeEach(emptyQueues);
  afterEach(emptyQueues);

  describe('a worker with nothing to do', () => {
    it('starts the next job at once', async () => {
      const recorder = recordStarts();
      for (const shopId of [1, 2, 3]) expect(await timeToStart(recorder, shopId)).toBeLessThan(startLimitMs);
    });

    it('starts the next job at once although its waiting connection was dropped', async () => {
      const recorder = recordStarts();
      await timeToStart(recorder, 1);
      for (const shopId of [2, 3, 4]) {
        await sleep(200); // it waits again
        expect(await backend.dropWaitingConnections()).toBeGreaterThan(0);
        expect(await timeToStart(recorder, shopId)).toBeLessThan(startLimitMs);
      }
    });

    it('starts a job that was added while the connection was gone', async () => {
      const recorder = recordStarts();
      await timeToStart(recorder, 1);
      await Promise.all([backend.dropWaitingConnections(), enqueue('flows.advance', { shopId: 2 })]);
      const since = performance.now();
      await expect.poll(() => recorder.startOf(2), { timeout: 20_000, interval: 20 }).toBeDefined();
      expect(performance.now() - since).toBeLessThan(startLimitMs);
      // BullMQ on Redis does not close while it reconnects (the server has a limit for that): a further job shows that it has.
      await sleep(1_000);
      expect(await timeToStart(recorder, 3)).toBeLessThan(startLimitMs);
    });
  });

  describe('jobs with the same key', () => {
    it('are one while it waits', async () => {
      await Promise.all(Array.from({ length: 10 }, () => enqueue('flows.advance', { shopId: 1 })));
      await enqueueForShops('flows.advance', [{ shopId: 1 }, { shopId: 1 }, { shopId: 2 }]);
      const ran: number[] = [];
      consume(async (shopId) => ran.push(shopId));
      await expect.poll(() => ran.length, { timeout: 10_000 }).toBe(2);
      await sleep(300);
      expect(ran.sort()).toEqual([1, 2]);
    });

    it('leave one more for afterwards when they come while it runs', async () => {
      const { ran, running, release } = consumeHeld();
      await enqueue('flows.advance', { shopId: 1 });
      await expect.poll(running).toBe(1);
      await Promise.all(Array.from({ length: 5 }, () => enqueue('flows.advance', { shopId: 1 })));
      await sleep(300);
      expect(ran).toEqual([1]); // not beside it, though the worker has room
      release();
      await expect.poll(() => ran, { timeout: 10_000 }).toEqual([1, 1]);
      release();
      await sleep(300);
      expect(ran).toEqual([1, 1]);
    });

    it('never run at the same time, over several workers', async () => {
      let running = 0;
      let most = 0;
      let runs = 0;
      for (let index = 0; index < 3; index += 1) {
        consume(async () => {
          running += 1;
          runs += 1;
          most = Math.max(most, running);
          await sleep(15);
          running -= 1;
        }, 2);
      }
      for (let index = 0; index < 60; index += 1) {
        await enqueue('flows.advance', { shopId: 1 });
        await sleep(5);
      }
      await sleep(500);
      expect(most).toBe(1);
      expect(runs).toBeGreaterThan(2);
    });

    it('are free again after the last try failed, and what came meanwhile runs', async () => {
      const definition: JobDefinition = { ...jobDefinitions['flows.advance'], attempts: 2, backoffMs: 50 };
      const add = () =>
        queue('flows').add(
          'flows.advance',
          { shopId: 1 },
          jobOptions('flows.advance', definition, { shopId: 1 }),
        );
      let tries = 0;
      consume(async () => {
        tries += 1;
        if (tries === 2) await add(); // while the last try runs
        if (tries <= 2) throw new Error('not today');
      });
      await add();
      await expect.poll(() => tries, { timeout: 10_000 }).toBe(3);
      await add();
      await expect.poll(() => tries, { timeout: 10_000 }).toBe(4);
    });
  });

  it('a job that failed is kept with its error, but without the people in it', async () => {
    consume(() => Promise.reject(new TypeError('Key (email)=(ada@mail.example) already exists')));
    await queue('flows').add('flows.advance', { shopId: 1 }, { attempts: 1 });
    await expect.poll(() => queue('flows').getFailedCount(), { timeout: 10_000 }).toBe(1);
    const [job] = await queue('flows').getFailed();
    expect(job?.failedReason).toBe('Key (email)=([email]) already exists');
    expect(job?.stacktrace?.join()).toContain('queue-suite');
    expect(JSON.stringify(job)).not.toContain('ada@');
  });

  describe('a worker that stops', () => {
    it('finishes the job in hand and takes no other', async () => {
      const done: number[] = [];
      const worker = consume(async (shopId) => {
        await sleep(400);
        done.push(shopId);
      });
      await enqueueForShops('flows.advance', [{ shopId: 1 }, { shopId: 2 }]);
      await expect.poll(() => queue('flows').getActiveCount()).toBe(1);
      await worker.close();
      expect(done).toEqual([1]);
      expect(await queue('flows').getWaitingCount()).toBe(1);
    });
  });

  describe('schedules', () => {
    it('exist once after several starts, also of several processes at once', async () => {
      const started = [await startWorkers()];
      try {
        started.push(...(await Promise.all([startWorkers(), startWorkers()])));
        const found = await Promise.all(queueNames.map((name) => queue(name).getJobSchedulers()));
        expect(
          found
            .flat()
            .map(({ name }) => name)
            .sort(),
        ).toEqual([...scheduled].sort());

        // However many processes started them, each still runs once per interval.
        const everyMs = jobDefinitions['flows.sweep'].everyMs;
        await expect
          .poll(() => runsOf('flows.sweep').then((runs) => runs.length), { timeout: 5 * everyMs })
          .toBeGreaterThan(3);
        const runs = await runsOf('flows.sweep');
        const gaps = runs.slice(2).map((at, index) => at - (runs[index + 1] ?? 0));
        for (const gap of gaps) expect(gap).toBeGreaterThan(everyMs / 2);
      } finally {
        await Promise.all(started.map(({ stop }) => stop()));
      }
    });
  });
}

/** Jobs that end when they are told to. */
function consumeHeld(): { ran: number[]; running: () => number; release: () => void } {
  const ran: number[] = [];
  const holds: (() => void)[] = [];
  consume(async (shopId) => {
    ran.push(shopId);
    await new Promise<void>((resolve) => holds.push(resolve));
  }, 3);
  return { ran, running: () => holds.length, release: () => holds.splice(0).forEach((end) => end()) };
}

/** When the finished jobs of this name started, oldest first. */
async function runsOf(name: string): Promise<number[]> {
  const jobs = await queue('maintenance').getJobs(['completed']);
  return jobs
    .filter((job) => job.name === name)
    .map((job) => job.processedOn ?? 0)
    .sort((a, b) => a - b);
}
