import type { Tx } from '~/platform/db/index.server';

/** When these people first decided about e-mails, of those who ever said yes. */
export async function listFirstDecisions(
  tx: Tx,
  { shopId, profileIds }: { shopId: number; profileIds: bigint[] },
): Promise<{ profileId: bigint; decidedAt: Date }[]> {
  const rows = await tx.$queryRaw<{ profile_id: bigint; decided_at: Date }[]>`
    SELECT profile_id, min(occurred_at) AS decided_at FROM consent_events
    WHERE shop_id = ${shopId} AND profile_id = ANY (${profileIds}::bigint[]) AND channel = 'email'
      AND state IN ('subscribed', 'unsubscribed')
    GROUP BY profile_id HAVING bool_or(state = 'subscribed')
    ORDER BY profile_id`;
  return rows.map((row) => ({ profileId: row.profile_id, decidedAt: row.decided_at }));
}
