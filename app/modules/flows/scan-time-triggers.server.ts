import { clock } from '~/platform/clock.server';
import { withShop, type Tx } from '~/platform/db/index.server';
import { enrol } from './enrol.server';
import { ensureFlows } from './ensure-flows.server';
import { listFlows } from './list-flows.server';
import { triggerDays } from './trigger-days';
import { flowKeys, type FlowEntry, type FlowKey, type FlowSummary } from './types';

const batchSize = 1_000;
const dayMs = 24 * 3_600_000;

/** A scan that comes later than this finds people for whom the mail is too late anyway, so it need not look further back. */
const catchUpMs = 14 * dayMs;

/**
 * Enters everyone whose last order became so many days old since the flow was switched on. Once per silence: the key of a
 * run is that order. Also brings the shop's flows up to the code. Idempotent; a batch per transaction, so it can be
 * interrupted and run again.
 */
export async function scanTimeTriggers(shopId: number, now = clock.now()): Promise<{ enrolled: number }> {
  const flows = await withShop(shopId, async (tx) => {
    await ensureFlows(tx, { shopId, now });
    return listFlows(tx, { shopId });
  });
  let enrolled = 0;
  for (const flow of flows) {
    const key = flowKeys.find((candidate) => candidate === flow.key);
    if (!key || !flow.enabled || triggerDays(flow.definition) === null) continue;
    let entered: number;
    do {
      entered = await withShop(shopId, (tx) => enterSilent(tx, { shopId, key, flow, now }));
      enrolled += entered;
    } while (entered === batchSize);
  }
  return { enrolled };
}

async function enterSilent(
  tx: Tx,
  input: { shopId: number; key: FlowKey; flow: FlowSummary; now: Date },
): Promise<number> {
  const { shopId, key, flow, now } = input;
  const silenceMs = (triggerDays(flow.definition) ?? 0) * dayMs;
  const since = Math.max(flow.enabledAt?.getTime() ?? now.getTime(), now.getTime() - catchUpMs);
  const rows = await tx.$queryRaw<{ profile_id: bigint; last_order_at: Date; order_id: string }[]>`
    SELECT t.profile_id, t.last_order_at, o.id::text AS order_id
    FROM profile_traits t
    JOIN profiles p ON p.shop_id = t.shop_id AND p.id = t.profile_id
      AND p.merged_into_id IS NULL AND p.redacted_at IS NULL AND p.deleted_at IS NULL
    CROSS JOIN LATERAL (
      SELECT o.id FROM orders o
      WHERE o.shop_id = t.shop_id AND o.profile_id = t.profile_id AND o.processed_at = t.last_order_at
        AND o.deleted_at IS NULL
      ORDER BY o.id DESC
      LIMIT 1
    ) AS o
    WHERE t.shop_id = ${shopId} AND t.orders_count > 0
      AND t.last_order_at >= ${new Date(since - silenceMs)} AND t.last_order_at <= ${new Date(now.getTime() - silenceMs)}
      AND NOT EXISTS (
        SELECT 1 FROM flow_runs r
        WHERE r.shop_id = t.shop_id AND r.flow_key = ${key} AND r.profile_id = t.profile_id AND r.run_key = o.id::text)
    ORDER BY t.last_order_at, t.profile_id
    LIMIT ${batchSize}`;
  const entries = rows.map((row): FlowEntry => ({
    profileId: row.profile_id,
    runKey: row.order_id,
    context: { orderId: row.order_id },
    occurredAt: new Date(row.last_order_at.getTime() + silenceMs),
  }));
  const { runIds } = await enrol(tx, { shopId, flowKey: key, entries, now });
  return runIds.length;
}
