import type { Pool } from 'pg';
import { log } from '~/platform/log.server';
import type { Delivery } from './delivery';

export interface InboxWriter {
  /** Resolves once the delivery is committed (or was there already). Rejects when it is not, within `deadlineMs`. */
  write: (delivery: Delivery) => Promise<void>;
}

interface Waiting {
  delivery: Delivery;
  since: number;
  resolve: () => void;
  reject: (error: Error) => void;
}

export interface WriterLimits {
  deadlineMs: number; // Shopify hangs up after 5 s
  maxRows: number; // per statement
  maxBytes: number;
  parallel: number; // statements in flight
  maxWaitingBytes: number; // beyond that, deliveries are refused at once: Shopify sends them again
}

const defaults: WriterLimits = {
  deadlineMs: 3_500,
  maxRows: 400,
  maxBytes: 4 * 1024 * 1024,
  parallel: 3,
  maxWaitingBytes: 64 * 1024 * 1024,
};

// Bodies travel as one run of bytes and are cut apart by the server: no escaping on this side, no parsing on that.
// They are due since 1970, so that the clocks of two machines need not agree.
const insert = `
  INSERT INTO inbox_events (shop_domain, webhook_id, event_id, topic, api_version, triggered_at, received_at, body, next_attempt_at)
  SELECT d.shop_domain, d.webhook_id, d.event_id, d.topic, d.api_version, d.triggered_at, d.received_at,
         convert_from(substring($8::bytea FROM d.start FOR d.length), 'UTF8'), to_timestamp(0)
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[], $9::int[], $10::int[])
    AS d(shop_domain, webhook_id, event_id, topic, api_version, triggered_at, received_at, start, length)
  ON CONFLICT (shop_domain, webhook_id) DO NOTHING`;

/**
 * Puts deliveries into `inbox_events`, many per statement: while statements are in flight the next ones gather. A
 * single delivery is written at once. The commit is what `write` waits for.
 */
export function createInboxWriter(pool: () => Pool, limits: Partial<WriterLimits> = {}): InboxWriter {
  const { deadlineMs, maxRows, maxBytes, parallel, maxWaitingBytes } = { ...defaults, ...limits };
  let waiting: Waiting[] = [];
  let waitingBytes = 0;
  let inFlight = 0;
  let scheduled = false;

  const schedule = () => {
    if (scheduled || inFlight >= parallel || waiting.length === 0) return;
    scheduled = true;
    setImmediate(start); // after this round of sockets was read: what arrived together is written together
  };

  const start = () => {
    scheduled = false;
    while (inFlight < parallel && waiting.length > 0) {
      const batch = takeBatch();
      inFlight += 1;
      void flush(batch).finally(() => {
        inFlight -= 1;
        schedule();
      });
    }
  };

  const takeBatch = (): Waiting[] => {
    let bytes = 0;
    let count = 0;
    for (const { delivery } of waiting) {
      if (count > 0 && (count >= maxRows || bytes + delivery.body.length > maxBytes)) break;
      bytes += delivery.body.length;
      count += 1;
    }
    const batch = waiting.slice(0, count);
    waiting = waiting.slice(count);
    waitingBytes -= bytes;
    return batch;
  };

  /** Never rejects, and never takes longer than the deadline of its oldest delivery. */
  const flush = async (batch: Waiting[]): Promise<void> => {
    const left = deadlineMs - (performance.now() - (batch[0]?.since ?? 0));
    const deliveries = batch.map(({ delivery }) => delivery);
    const failures = await withDeadline(insertBatch(pool(), deliveries), left).catch((error: unknown) =>
      batch.map(() => error),
    );
    const failure = failures.find((error) => error !== null);
    if (failure) log.error({ err: failure, deliveries: batch.length }, 'deliveries could not be stored');
    batch.forEach(({ resolve, reject }, index) => {
      if (failures[index] === null) resolve();
      else reject(new Error('the delivery could not be stored', { cause: failures[index] }));
    });
  };

  return {
    write: (delivery) =>
      new Promise((resolve, reject) => {
        if (waitingBytes + delivery.body.length > maxWaitingBytes) {
          reject(new Error('too many deliveries are waiting for the database'));
          return;
        }
        waiting.push({ delivery, since: performance.now(), resolve, reject });
        waitingBytes += delivery.body.length;
        schedule();
      }),
  };
}

/** What went wrong with each delivery; null where nothing did. */
async function insertBatch(pool: Pool, batch: Delivery[]): Promise<unknown[]> {
  try {
    await insertRows(pool, batch);
    return batch.map(() => null);
  } catch (error) {
    if (!isRowTrouble(error)) throw error;
    // One row that the database refuses (or a deadlock over duplicates) must not cost its neighbours their place.
    const outcomes = await Promise.allSettled(batch.map((delivery) => insertRows(pool, [delivery])));
    return outcomes.map((outcome): unknown => (outcome.status === 'rejected' ? outcome.reason : null));
  }
}

async function insertRows(pool: Pool, batch: Delivery[]): Promise<void> {
  const starts: number[] = [];
  let end = 1;
  for (const { body } of batch) {
    starts.push(end);
    end += body.length;
  }
  await pool.query({
    name: 'inbox.insert',
    text: insert,
    values: [
      batch.map((delivery) => delivery.shopDomain),
      batch.map((delivery) => delivery.webhookId),
      batch.map((delivery) => delivery.eventId),
      batch.map((delivery) => delivery.topic),
      batch.map((delivery) => delivery.apiVersion),
      batch.map((delivery) => delivery.triggeredAt?.toISOString() ?? null),
      batch.map((delivery) => delivery.receivedAt.toISOString()),
      Buffer.concat(batch.map((delivery) => delivery.body)),
      starts,
      batch.map((delivery) => delivery.body.length),
    ],
  });
}

/** Data the database refuses (classes 22, 23, 54) or a deadlock: worth another try alone. A lost connection is not. */
function isRowTrouble(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^(22|23|54|40)/.test(code) && code.length === 5;
}

function withDeadline<T>(work: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the database did not answer in time')), Math.max(0, ms));
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
