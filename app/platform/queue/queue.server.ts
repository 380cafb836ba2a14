import {
  createPostgresBackend,
  Queue,
  Worker,
  type JobProgress,
  type PostgresConnectionOptions,
  type PostgresQueueBackend,
  type Processor,
  type WorkerOptions,
} from 'bullmq';
import { Redis } from 'ioredis';
import { databaseUrl } from '../db/pool.server';
import { env } from '../env.server';
import { log } from '../log.server';
import { remember } from '../remember.server';
import { queueSchema } from './migrate-queue.server';

declare global {
  interface PerennialSingletons {
    queues: Map<string, AnyQueue>;
  }
}

/** BullMQ's types carry the backend; the two offer the same methods. */
type PostgresQueue = Queue<unknown, unknown, string, unknown, unknown, string, PostgresQueueBackend, PostgresConnectionOptions>;
type AnyQueue = Queue | PostgresQueue;
type AnyWorker = Worker | Worker<unknown, unknown, string, PostgresQueueBackend, JobProgress, PostgresConnectionOptions>;

/** Kinds of work that must not wait for each other. */
export const queueNames = ['ingest', 'flows', 'email', 'maintenance'] as const;
export type QueueName = (typeof queueNames)[number];

const queues = remember('queues', () => new Map<string, AnyQueue>());

/** The producer side of a queue; on Redis when REDIS_URL is set, otherwise in the database's `bullmq` schema. */
export function queue(name: QueueName): AnyQueue {
  const existing = queues.get(name);
  if (existing) return existing;
  const created = createQueue(name);
  created.on('error', (error) => log.warn({ err: error, queue: name }, 'queue connection trouble'));
  queues.set(name, created);
  return created;
}

/** A consumer. Jobs may run twice (a worker that dies loses its lock), so handlers are idempotent; a stalled job is tried again, often. */
export function createWorker(name: QueueName, processor: Processor, options: { concurrency: number }): AnyWorker {
  const common: Omit<WorkerOptions, 'connection'> = { concurrency: options.concurrency, maxStalledCount: 20, stalledInterval: 10_000, lockDuration: 30_000 };
  const url = env().REDIS_URL;
  const worker = url
    ? new Worker(name, processor, { ...common, connection: new Redis(url, { maxRetriesPerRequest: null }) })
    : new Worker(name, processor, { ...common, connection: { connectionString: databaseUrl(), schema: queueSchema, max: 4 } }, createPostgresBackend);
  worker.on('error', (error) => log.warn({ err: error, queue: name }, 'worker connection trouble'));
  return worker;
}

/** Closes the producers' connections. */
export async function closeQueues(): Promise<void> {
  await Promise.all([...queues.values()].map((open) => open.close()));
  queues.clear();
}

function createQueue(name: QueueName): AnyQueue {
  const url = env().REDIS_URL;
  // A producer fails fast: a webhook must not hang because the queue does (the sweep finds what no nudge announced).
  if (url) {
    const onRedis: Queue = new Queue(name, { connection: new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1 }) });
    return onRedis;
  }
  const connection = { connectionString: databaseUrl(), schema: queueSchema, max: 2 };
  return new Queue<unknown, unknown, string, unknown, unknown, string, PostgresQueueBackend, PostgresConnectionOptions>(name, { connection }, createPostgresBackend);
}
