import { withShop, type Tx } from '~/platform/db/index.server';
import { AppError, errorText } from '~/platform/errors';
import { isNewsToShopify } from './owe-decisions.server';

/** A decision as Shopify is told it. */
export interface ConsentNews {
  shopifyCustomerId: bigint;
  state: 'subscribed' | 'unsubscribed';
  occurredAt: Date;
}

/** Tells Shopify one decision; throws with Shopify's reason when it is refused. */
export type TellShopify = (news: ConsentNews) => Promise<void>;

interface OwedRow {
  id: bigint;
  profile_id: bigint;
  state: 'subscribed' | 'unsubscribed';
  occurred_at: Date;
  attempts: number;
  shopify_customer_id: bigint | null;
}

interface Outcome {
  id: bigint;
  error: string | null;
  settled: boolean;
}

const batch = 50;
const maxAttempts = 8;
const firstPauseMs = 30_000;

/**
 * Tells Shopify the consent decisions it has not heard, newest per person. Safe to repeat: the decision carries its own
 * time, and Shopify keeps the newest. A refusal is tried again with growing pauses, and given up after 8 attempts. Throws
 * when Shopify can't be reached, which counts as no attempt.
 */
export async function pushConsents(input: {
  shopId: number;
  now: Date;
  tell: TellShopify;
}): Promise<{ pushed: number }> {
  const { shopId, now, tell } = input;
  let pushed = 0;
  for (;;) {
    const owed = await withShop(shopId, (tx) => listOwed(tx, shopId, now));
    const { outcomes, unreachable } = await tellAll(owed, tell);
    await withShop(shopId, (tx) => recordOutcomes(tx, { shopId, now, owed, outcomes }));
    if (unreachable) throw unreachable;
    pushed += outcomes.filter((outcome) => outcome.error === null).length;
    if (owed.length < batch) return { pushed };
  }
}

async function tellAll(
  owed: OwedRow[],
  tell: TellShopify,
): Promise<{ outcomes: Outcome[]; unreachable: AppError | null }> {
  const outcomes: Outcome[] = [];
  for (const row of owed) {
    try {
      outcomes.push(await tellOne(row, tell));
    } catch (error) {
      if (error instanceof AppError && error.code === 'unavailable') return { outcomes, unreachable: error };
      outcomes.push({ id: row.id, error: errorText(error).slice(0, 500), settled: false });
    }
  }
  return { outcomes, unreachable: null };
}

async function listOwed(tx: Tx, shopId: number, now: Date): Promise<OwedRow[]> {
  // Only the last word is passed on: a person may have decided again before we got here, with us or in Shopify.
  await tx.$executeRaw`
    UPDATE consent_pushes o SET pushed_at = ${now}, error = 'superseded'
    WHERE o.shop_id = ${shopId} AND o.pushed_at IS NULL AND NOT EXISTS (
      SELECT 1 FROM consents c JOIN profiles p ON p.shop_id = c.shop_id AND p.id = c.profile_id
      WHERE c.shop_id = o.shop_id AND c.profile_id = o.profile_id AND c.channel = 'email'
        AND c.consented_at = o.occurred_at AND c.state = o.state AND ${isNewsToShopify})`;
  return tx.$queryRaw<OwedRow[]>`
    SELECT o.id, o.profile_id, o.state, o.occurred_at, o.attempts, p.shopify_customer_id
    FROM consent_pushes o LEFT JOIN profiles p ON p.shop_id = o.shop_id AND p.id = o.profile_id
    WHERE o.shop_id = ${shopId} AND o.pushed_at IS NULL AND o.attempts < ${maxAttempts}
      AND (o.next_attempt_at IS NULL OR o.next_attempt_at <= ${now})
    ORDER BY o.id LIMIT ${batch}`;
}

async function tellOne(row: OwedRow, tell: TellShopify): Promise<Outcome> {
  const { id, state, occurred_at: occurredAt, shopify_customer_id: shopifyCustomerId } = row;
  if (shopifyCustomerId === null) return { id, error: 'not a customer in Shopify', settled: true };
  await tell({ shopifyCustomerId, state, occurredAt });
  return { id, error: null, settled: true };
}

async function recordOutcomes(
  tx: Tx,
  input: { shopId: number; now: Date; owed: OwedRow[]; outcomes: Outcome[] },
): Promise<void> {
  const { shopId, now, owed, outcomes } = input;
  if (outcomes.length === 0) return;
  const asked = new Map(owed.map((row) => [row.id, row]));
  const rows = outcomes.map((outcome) => ({
    id: outcome.id.toString(),
    state: asked.get(outcome.id)?.state,
    error: outcome.error,
    pushed_at: outcome.settled ? now : null,
    next_attempt_at: outcome.settled
      ? null
      : new Date(now.getTime() + firstPauseMs * 4 ** (asked.get(outcome.id)?.attempts ?? 0)),
  }));
  await tx.$executeRaw`
    UPDATE consent_pushes o
    SET pushed_at = r.pushed_at, error = r.error, next_attempt_at = r.next_attempt_at, attempts = o.attempts + 1
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r(id bigint, state text, error text, pushed_at timestamptz, next_attempt_at timestamptz)
    WHERE o.shop_id = ${shopId} AND o.id = r.id AND o.state = r.state`; // decided otherwise meanwhile: still owed
}
