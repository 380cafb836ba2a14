import { z } from 'zod';
import { withShop, type Tx } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { operations, type ShopifyClient } from '~/platform/shopify/index.server';

/** Tells Shopify Flow one thing; returns why not, if it is refused. Throws `unavailable` when there is no answer. */
export type TellFlow = (handle: string, payload: Record<string, string | number>) => Promise<string | null>;

interface Due {
  id: bigint;
  handle: string;
  payload: unknown;
  customer_id: bigint | null;
}

interface Outcome {
  id: bigint;
  error: string | null;
  again: boolean;
}

const batch = 50;
const leaseMs = 10 * 60_000;
const firstPauseMs = 60_000;
const mostAttempts = 6;
const keptMs = 30 * 24 * 60 * 60_000;
const fieldsSchema = z.record(z.string(), z.union([z.string(), z.number()]));

/**
 * Tells Shopify Flow what it was not told yet. At least once: Shopify knows no key for a signal, so one whose answer got lost
 * starts its workflows twice. Two at once tell different ones. Throws when Shopify can't be reached; what was told is kept.
 */
export async function pushSignals(input: { shopId: number; now: () => Date; tell: TellFlow }): Promise<void> {
  const { shopId, now, tell } = input;
  for (;;) {
    const due = await withShop(shopId, (tx) => claim(tx, shopId, now()));
    const outcomes: Outcome[] = [];
    let silent: AppError | null = null;
    for (const signal of due) {
      try {
        outcomes.push(await tellOne(signal, tell));
      } catch (error) {
        if (!(error instanceof AppError && error.code === 'unavailable')) throw error;
        silent = error;
        break;
      }
    }
    const untold = due.slice(outcomes.length).map(({ id }) => id);
    await withShop(shopId, async (tx) => {
      await record(tx, { shopId, outcomes, untold, now: now() });
      if (due.length < batch) await dropOld(tx, shopId, now());
    });
    if (silent) throw silent;
    if (due.length < batch) return;
  }
}

async function claim(tx: Tx, shopId: number, now: Date): Promise<Due[]> {
  const rows = await tx.$queryRaw<Due[]>`
    WITH claimed AS (
      UPDATE signals s SET due_at = ${new Date(now.getTime() + leaseMs)}
      WHERE s.shop_id = ${shopId} AND s.id = ANY (ARRAY (
        SELECT id FROM signals WHERE shop_id = ${shopId} AND due_at <= ${now}
        ORDER BY due_at, id LIMIT ${batch} FOR NO KEY UPDATE SKIP LOCKED))
      RETURNING s.id, s.handle, s.payload, s.profile_id)
    SELECT c.id, c.handle, c.payload, p.shopify_customer_id AS customer_id
    FROM claimed c
    LEFT JOIN profiles o ON o.shop_id = ${shopId} AND o.id = c.profile_id
    LEFT JOIN profiles p ON p.shop_id = ${shopId} AND p.id = COALESCE(o.merged_into_id, o.id)
    ORDER BY c.id`;
  return rows;
}

async function tellOne(
  { id, handle, payload, customer_id: customer }: Due,
  tell: TellFlow,
): Promise<Outcome> {
  if (customer === null) return { id, error: 'not a customer in Shopify', again: false };
  const error = await tell(handle, { ...fieldsSchema.parse(payload), customer_id: Number(customer) });
  return { id, error: error?.slice(0, 500) ?? null, again: error !== null };
}

async function record(
  tx: Tx,
  { shopId, outcomes, untold, now }: { shopId: number; outcomes: Outcome[]; untold: bigint[]; now: Date },
): Promise<void> {
  const rows = outcomes.map(({ id, error, again }) => ({ id: String(id), error, again }));
  const ids = outcomes.map(({ id }) => id);
  await tx.$executeRaw`
    UPDATE signals s SET attempts = s.attempts + 1, error = r.error,
      sent_at = CASE WHEN r.error IS NULL THEN ${now}::timestamptz END,
      due_at = CASE WHEN r.again AND s.attempts + 1 < ${mostAttempts}
        THEN ${now}::timestamptz + make_interval(secs => ${firstPauseMs}::float8 * 4 ^ s.attempts / 1000) END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(id bigint, error text, again boolean)
    WHERE s.shop_id = ${shopId} AND s.id = ANY (${ids}::bigint[]) AND s.id = r.id`;
  if (untold.length > 0)
    await tx.$executeRaw`UPDATE signals SET due_at = ${now} WHERE shop_id = ${shopId} AND id = ANY (${untold}::bigint[])`;
}

async function dropOld(tx: Tx, shopId: number, now: Date): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM signals WHERE shop_id = ${shopId} AND due_at IS NULL AND occurred_at < ${new Date(now.getTime() - keptMs)}`;
}

/** A shop's Shopify Flow, through its Admin API. */
export function tellFlow(client: ShopifyClient): TellFlow {
  return async (handle, payload) => {
    const { flowTriggerReceive: answer } = await client.request(operations.tellFlow, { handle, payload });
    return answer?.userErrors[0]?.message ?? null;
  };
}
