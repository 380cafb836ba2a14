import type { JobsOptions } from 'bullmq';
import { queue } from '~/platform/queue/queue.server';
import { jobDefinitions, type JobData, type JobDefinition, type JobName } from './definitions';

const keepCompleted = { age: 3_600, count: 500 };
const keepFailed = { age: 7 * 24 * 3_600, count: 5_000 };

/** Adds a job, checked against its schema. With `dedupe`, adding it again while it waits changes nothing. */
export async function enqueue<N extends JobName>(name: N, data: JobData<N>): Promise<void> {
  const definition: JobDefinition = jobDefinitions[name];
  const payload = definition.schema.parse(data);
  await queue(definition.queue).add(name, payload, jobOptions(name, definition, payload));
}

/** The same job for many shops, in one round trip per queue. */
export async function enqueueForShops<N extends JobName>(name: N, items: JobData<N>[]): Promise<void> {
  if (items.length === 0) return;
  const definition: JobDefinition = jobDefinitions[name];
  const jobs = items.map((item) => {
    const data = definition.schema.parse(item);
    return { name, data, opts: jobOptions(name, definition, data) };
  });
  await queue(definition.queue).addBulk(jobs);
}

/** Options every job gets, scheduled ones too. */
export function jobOptions(name: string, definition: JobDefinition, payload: unknown): JobsOptions {
  return {
    attempts: definition.attempts,
    backoff: { type: 'exponential', delay: definition.backoffMs },
    removeOnComplete: keepCompleted,
    removeOnFail: keepFailed,
    ...(definition.dedupe && {
      deduplication: { id: `${name}:${JSON.stringify(payload)}`, keepLastIfActive: true },
    }),
  };
}
