import { Prisma, type Tx } from '~/platform/db/index.server';

/** A due run, locked for this transaction. */
export interface ClaimedRun {
  id: bigint;
  flowKey: string;
  version: number;
  profileId: bigint;
  nodeKey: string;
  nodeSince: Date;
  context: unknown;
  holdout: boolean;
  attempts: number;
  enteredAt: Date;
}

/**
 * Locks due runs of flows that are on: the longest due first, among equals the one that has stood at its step longest.
 * Those another worker holds are skipped. `runIds` narrows
 * the choice.
 */
export async function claimRuns(
  tx: Tx,
  input: { shopId: number; now: Date; limit: number; runIds: bigint[] | null },
): Promise<ClaimedRun[]> {
  const { shopId, now, limit, runIds } = input;
  const only = runIds ? Prisma.sql`AND r.id = ANY(${runIds})` : Prisma.empty;
  return tx.$queryRaw<ClaimedRun[]>`
    SELECT r.id, r.flow_key AS "flowKey", r.version, r.profile_id AS "profileId", r.node_key AS "nodeKey",
           r.node_since AS "nodeSince", r.context, r.holdout, r.attempts, r.entered_at AS "enteredAt"
    FROM flow_runs r
    WHERE r.shop_id = ${shopId} AND r.state = 'waiting' AND r.due_at <= ${now} ${only}
      AND r.flow_key = ANY(ARRAY(SELECT f.key FROM flows f WHERE f.shop_id = ${shopId} AND f.enabled))
    ORDER BY r.due_at, r.node_since, r.id
    LIMIT ${limit}
    FOR UPDATE OF r SKIP LOCKED`;
}
