import type { Job } from 'bullmq';
import { log, withLogContext } from '~/platform/log.server';
import { createWorker, queue, queueNames } from '~/platform/queue/queue.server';
import { handlers } from './catalog.server';
import { isJobName, jobDefinitions, jobNames, type JobDefinition } from './definitions';
import { jobOptions } from './enqueue.server';

const concurrency = { ingest: 4, flows: 2, email: 2, maintenance: 3 } as const;

/**
 * Starts consuming every queue and makes sure each schedule exists. `stop` waits for the jobs in hand, then lets go.
 */
export async function startWorkers(): Promise<{ stop: () => Promise<void> }> {
  const workers = queueNames.map((name) => createWorker(name, runJob, { concurrency: concurrency[name] }));
  await schedule();
  return {
    stop: async () => {
      await Promise.all(workers.map((worker) => worker.close()));
    },
  };
}

async function runJob(job: Job): Promise<void> {
  const { name } = job;
  if (!isJobName(name)) throw new Error(`There is no job called ${job.name}`);
  const definition: JobDefinition = jobDefinitions[name];
  const data = definition.schema.parse(job.data);
  const shopId = typeof data.shopId === 'number' ? data.shopId : undefined;
  await withLogContext({ job: name, jobId: job.id, shopId }, async () => {
    try {
      await handlers[name]?.(job.data);
    } catch (error) {
      log.error({ err: error, attempt: job.attemptsMade + 1 }, 'job failed');
      throw error;
    }
  });
}

async function schedule(): Promise<void> {
  for (const name of jobNames) {
    const definition: JobDefinition = jobDefinitions[name];
    if (!definition.everyMs) continue;
    await queue(definition.queue).upsertJobScheduler(
      name,
      { every: definition.everyMs },
      { name, data: {}, opts: jobOptions(name, definition, {}) },
    );
  }
}
