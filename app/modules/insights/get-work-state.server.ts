import type { Tx } from '~/platform/db/index.server';
import { isoOrNull } from './iso';
import type { WorkState } from './types';

const countedUpTo = 10_000;

interface Row {
  kind: WorkState['kind'];
  waiting: bigint;
  oldest: Date | null;
}

/**
 * The shop's own queue: what is due and not done yet, and since when. Read from the tables that hold the work, which is
 * the truth; the job queue only says when to look.
 */
export async function getWorkState(
  tx: Tx,
  input: { shopId: number; shopDomain: string; now: Date },
): Promise<WorkState[]> {
  const { shopId, shopDomain, now } = input;
  const rows = await tx.$queryRaw<Row[]>`
    SELECT 'deliveries' AS kind, count(*) AS waiting, min(at) AS oldest FROM (
      SELECT received_at AS at FROM inbox_events WHERE shop_domain = ${shopDomain} AND status = 'pending' ORDER BY id LIMIT ${countedUpTo}) d
    UNION ALL SELECT 'flow_runs', count(*), min(at) FROM (
      SELECT due_at AS at FROM flow_runs WHERE shop_id = ${shopId} AND state = 'waiting' AND due_at <= ${now} ORDER BY due_at LIMIT ${countedUpTo}) r
    UNION ALL SELECT 'mails', count(*), min(at) FROM (
      (SELECT created_at AS at FROM messages WHERE shop_id = ${shopId} AND status = 'queued' LIMIT ${countedUpTo})
      UNION ALL (SELECT created_at FROM messages WHERE shop_id = ${shopId} AND status = 'sending' LIMIT ${countedUpTo})) m
    UNION ALL SELECT 'consent', count(*), min(at) FROM (
      SELECT occurred_at AS at FROM consent_pushes WHERE shop_id = ${shopId} AND pushed_at IS NULL ORDER BY id LIMIT ${countedUpTo}) c
    UNION ALL SELECT 'standings', count(*), min(at) FROM (
      (SELECT changed_at AS at FROM standing_changes WHERE shop_id = ${shopId} ORDER BY id LIMIT ${countedUpTo})
      UNION ALL (SELECT due_at FROM told_standings WHERE shop_id = ${shopId} AND due_at <= ${now} ORDER BY due_at LIMIT ${countedUpTo})) s
    UNION ALL SELECT 'signals', count(*), min(at) FROM (
      SELECT due_at AS at FROM signals WHERE shop_id = ${shopId} AND due_at <= ${now} ORDER BY due_at LIMIT ${countedUpTo}) g`;
  return rows.map((row) => ({
    kind: row.kind,
    waiting: Number(row.waiting),
    oldestDueAt: isoOrNull(row.oldest),
  }));
}
