import { enqueue } from '~/jobs/enqueue.server';
import { findShopByDomain } from '~/modules/shops/index.server';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { log } from '~/platform/log.server';
import { claimEvents } from './claim-events.server';
import { dispatch } from './dispatch.server';
import { noFacts } from './facts';
import { finishEvents, recordFailure } from './finish-events.server';
import { readEvent, type InboxEvent } from './read-event';
import { isConflict, isTransientDatabaseError } from './transient-error';

const batchSize = 500;
const timeoutMs = 60_000;
const conflictTries = 4;

interface ShopInbox {
  shopId: number;
  shopDomain: string;
}

/** What a failed transaction was about, so that it can be cut in two. */
class BatchFailed extends Error {
  constructor(
    readonly events: InboxEvent[],
    readonly reason: unknown,
  ) {
    super('a batch failed');
  }
}

/**
 * Turns everything due of a shop into facts and tells the processes, in batches of up to 500 deliveries: each batch is one
 * transaction that also marks its deliveries done. A batch that fails is bisected until the delivery at fault stands
 * alone; that one waits and is tried again, the others go through. Deliveries of an unknown shop stay for the sweep.
 * Throws only when the database is not there; then nothing counts as a failure and a later run continues.
 */
export async function drainInbox(shopDomain: string): Promise<{ processed: number }> {
  const shop = await findShopByDomain(shopDomain);
  if (!shop) return { processed: 0 };
  const inbox = { shopId: shop.id, shopDomain: shopDomain.toLowerCase() };
  let processed = 0;
  for (;;) {
    const count = await drainEvents(inbox, null);
    if (count === 0) return { processed };
    processed += count;
  }
}

/** One batch: the next due events, or `only` these. Returns how many events left the queue or were put off. */
async function drainEvents(inbox: ShopInbox, only: bigint[] | null): Promise<number> {
  try {
    return await drainInOneTransaction(inbox, only);
  } catch (error) {
    if (!(error instanceof BatchFailed)) throw error;
    const [event, ...others] = error.events;
    if (event && others.length === 0) {
      log.warn(
        { err: error.reason, topic: event.topic, inboxId: event.id, attempt: event.attempts + 1 },
        'a delivery could not be processed',
      );
      await withShop(inbox.shopId, (tx) =>
        recordFailure(tx, { event, error: error.reason, now: clock.now() }),
      );
      return 1;
    }
    const ids = error.events.map(({ id }) => id);
    const middle = Math.ceil(ids.length / 2);
    return (await drainEvents(inbox, ids.slice(0, middle))) + (await drainEvents(inbox, ids.slice(middle)));
  }
}

/** Tries again at once what only met another transaction; anything else is the batch's own failure. */
async function drainInOneTransaction(inbox: ShopInbox, only: bigint[] | null): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    let claimed: InboxEvent[] = [];
    try {
      const outcome = await withShop(
        inbox.shopId,
        async (tx) => {
          const now = clock.now();
          claimed = await claimEvents(tx, { ...inbox, limit: batchSize, only, now });
          if (claimed.length === 0) return { bulkFinished: false };
          const facts = noFacts();
          const results = claimed.map((event) => ({ id: event.id, result: readEvent(facts, event) }));
          await dispatch(tx, { shopId: inbox.shopId, facts, now, historic: false });
          await finishEvents(tx, { shopDomain: inbox.shopDomain, results, now });
          return { bulkFinished: facts.bulkOperations.length > 0 };
        },
        { timeoutMs },
      );
      if (outcome.bulkFinished) await announceBackfill(inbox.shopId);
      return claimed.length;
    } catch (error) {
      if (isConflict(error) && attempt < conflictTries) continue;
      if (claimed.length === 0 || isTransientDatabaseError(error)) throw error;
      throw new BatchFailed(claimed, error);
    }
  }
}

/** Only saves waiting for the sweep, so it may fail. */
async function announceBackfill(shopId: number): Promise<void> {
  await enqueue('backfill.advance', { shopId }).catch((error: unknown) =>
    log.warn({ err: error }, 'an import could not be announced'),
  );
}
