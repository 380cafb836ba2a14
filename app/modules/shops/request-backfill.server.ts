import type { Tx } from '~/platform/db/index.server';
import { backfillKinds, type BackfillReason } from './types';

/**
 * Asks for an import of products, customers and orders: all of them, or those changed after `since`. Products are imported all
 * in any case: the collections they are in change without their changing. Idempotent: a kind
 * that is being imported already is left alone. The import itself is app/ingest/backfill.
 */
export async function requestBackfill(
  tx: Tx,
  input: { shopId: number; reason: BackfillReason; since: Date | null; now: Date },
): Promise<{ requested: number }> {
  const { shopId, reason, since, now } = input;
  const requested = await tx.$executeRaw`
    INSERT INTO backfill_runs (shop_id, kind, reason, status, since, started_at)
    SELECT ${shopId}, kind, ${reason}, 'requested', CASE kind WHEN 'products' THEN NULL ELSE ${since}::timestamptz END, ${now}
    FROM unnest(${[...backfillKinds]}::text[]) AS kinds(kind)
    ON CONFLICT (shop_id, kind) WHERE status IN ('requested', 'running', 'ingesting') DO NOTHING`;
  return { requested };
}
