import {
  createPostgresBackend,
  Queue,
  setDefaultBackendFactory,
  Worker,
  type ConnectionOptions,
  type PostgresPoolConfig,
  type Processor,
} from 'bullmq';
import { databaseUrl } from '../db/pool.server';
import { env } from '../env.server';
import { log } from '../log.server';
import { remember } from '../remember.server';
import { scrubError } from '../scrub';
import { queueSchema } from './migrate-queue.server';

declare global {
  interface PerennialSingletons {
    queues: Map<string, Queue>;
  }
}

/** Kinds of work that must not wait for each other. */
export const queueNames = ['ingest', 'flows', 'email', 'maintenance'] as const;
export type QueueName = (typeof queueNames)[number];

const queues = remember('queues', () => new Map<string, Queue>());

/** The producer side of a queue; on Redis when REDIS_URL is set, otherwise in the database's `bullmq` schema. */
export function queue(name: QueueName): Queue {
  const existing = queues.get(name);
  if (existing) return existing;
  // A producer fails fast: a webhook must not hang because the queue does (the sweep finds what no nudge announced).
  const created = new Queue(name, {
    connection: connection({ enableOfflineQueue: false, maxRetriesPerRequest: 1 }, 2),
  });
  created.on('error', (error) => log.warn({ err: error, queue: name }, 'queue connection trouble'));
  queues.set(name, created);
  created.waitUntilReady().catch(() => discard(name, created));
  return created;
}

/** A queue whose first connection failed refuses for good: whoever asks next gets a new one. */
async function discard(name: QueueName, failed: Queue): Promise<void> {
  if (queues.get(name) === failed) queues.delete(name);
  await close(failed);
}

async function close(open: Queue): Promise<void> {
  await open
    .close()
    .catch((error: unknown) => log.warn({ err: error, queue: open.name }, 'queue not closed well'));
}

/** A consumer. Jobs may run twice (a worker that dies loses its lock), so handlers are idempotent; a stalled job is tried again, often. */
export function createWorker(
  name: QueueName,
  processor: Processor,
  options: { concurrency: number },
): Worker {
  // The queue keeps the errors of failed jobs for days, and errors quote values.
  const process: Processor<unknown, void> = async (job, token, signal) => {
    try {
      await processor(job, token, signal);
    } catch (error) {
      throw scrubError(error);
    }
  };
  const worker = new Worker(name, process, {
    connection: connection({ maxRetriesPerRequest: null }, options.concurrency + 1),
    concurrency: options.concurrency,
    maxStalledCount: 20,
    // What a worker that died had in hand is taken up by another within lockDuration + stalledInterval.
    lockDuration: 15_000,
    stalledInterval: 5_000,
    drainDelay: 1, // seconds; what came while nobody listened, because a connection was gone, waits as long
    runRetryDelay: 1_000, // after an error, of the connection mostly
  });
  worker.on('error', (error) => log.warn({ err: error, queue: name }, 'worker connection trouble'));
  return worker;
}

/** Closes the producers' connections, if they are still there. */
export async function closeQueues(): Promise<void> {
  await Promise.all([...queues.values()].map(close));
  queues.clear();
}

interface RedisBehaviour {
  enableOfflineQueue?: boolean;
  maxRetriesPerRequest: number | null;
}

function connection(behaviour: RedisBehaviour, poolSize: number): ConnectionOptions {
  const { REDIS_URL } = env();
  if (REDIS_URL) return { url: REDIS_URL, ...behaviour };
  // Process-wide, so that queues and workers keep one type: what uses them need not know the backend.
  setDefaultBackendFactory(createPostgresBackend);
  const postgres: PostgresPoolConfig = {
    connectionString: databaseUrl(),
    schema: queueSchema,
    max: poolSize,
  };
  return postgres;
}
