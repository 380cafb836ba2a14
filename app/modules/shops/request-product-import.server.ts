import type { Tx } from '~/platform/db/index.server';

const pauseMs = 60 * 60 * 1_000;

/** Asks for an import of all products unless one is under way or was asked for within the last hour. Idempotent. */
export async function requestProductImport(tx: Tx, input: { shopId: number; now: Date }): Promise<void> {
  const { shopId, now } = input;
  const since = new Date(now.getTime() - pauseMs);
  await tx.$executeRaw`
    INSERT INTO backfill_runs (shop_id, kind, reason, status, started_at)
    SELECT ${shopId}, 'products', 'collections', 'requested', ${now}
    WHERE NOT EXISTS (
      SELECT 1 FROM backfill_runs WHERE shop_id = ${shopId} AND kind = 'products' AND reason = 'collections'
        AND started_at > ${since} AND started_at <= ${now})
    ON CONFLICT (shop_id, kind) WHERE status IN ('requested', 'running', 'ingesting') DO NOTHING`;
}
