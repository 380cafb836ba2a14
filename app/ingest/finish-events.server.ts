import type { Tx } from '~/platform/db/index.server';
import { errorText } from '~/platform/errors';
import { scrubText } from '~/platform/scrub';
import type { InboxEvent, ReadResult } from './read-event';

const maxAttempts = 8;
const backoffMs = 5_000;
const maxErrorLength = 1_000;

/** Marks events done, ignored or dead, in one statement. */
export async function finishEvents(
  tx: Tx,
  input: { shopDomain: string; results: { id: bigint; result: ReadResult }[]; now: Date },
): Promise<void> {
  const { shopDomain, results, now } = input;
  const ids = results.map(({ id }) => String(id));
  const statuses = results.map(({ result }) => result.status);
  const errors = results.map(({ result }) => (result.status === 'dead' ? storable(result.error) : null));
  await tx.$executeRaw`
    UPDATE inbox_events SET status = finished.status, error = finished.error, processed_at = ${now}
    FROM unnest(${ids}::bigint[], ${statuses}::text[], ${errors}::text[]) AS finished(id, status, error)
    WHERE inbox_events.shop_domain = ${shopDomain} AND inbox_events.id = finished.id`;
}

/** After the n-th failure an event waits 2^n times 5 seconds; after the eighth it is dead until somebody retries it. */
export async function recordFailure(
  tx: Tx,
  input: { event: InboxEvent; error: unknown; now: Date },
): Promise<void> {
  const { event, error, now } = input;
  const attempts = event.attempts + 1;
  const nextAttemptAt = new Date(now.getTime() + 2 ** attempts * backoffMs);
  const status = attempts >= maxAttempts ? 'dead' : 'pending';
  await tx.$executeRaw`
    UPDATE inbox_events SET attempts = ${attempts}, status = ${status}, error = ${storable(errorText(error))},
      next_attempt_at = ${nextAttemptAt}, processed_at = ${status === 'dead' ? now : null}::timestamptz
    WHERE shop_domain = ${event.shopDomain} AND id = ${event.id} AND status = 'pending'`;
}

/** Error texts quote values; what is shown to the merchant must not show people. */
function storable(text: string): string {
  return scrubText(text).replaceAll('\u0000', '').slice(0, maxErrorLength);
}
