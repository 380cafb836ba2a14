import type { Tx } from '~/platform/db/index.server';
import type { FlowKey } from './types';

/** For what causes these people have entered a flow so far, by person. */
export async function listRunKeys(
  tx: Tx,
  input: { shopId: number; flowKey: FlowKey; profileIds: bigint[] },
): Promise<Map<bigint, string[]>> {
  const { shopId, flowKey, profileIds } = input;
  if (profileIds.length === 0) return new Map();
  const rows = await tx.$queryRaw<{ profile_id: bigint; keys: string[] }[]>`
    SELECT profile_id, array_agg(run_key) AS keys FROM flow_runs
    WHERE shop_id = ${shopId} AND flow_key = ${flowKey} AND profile_id = ANY(${profileIds}::bigint[])
    GROUP BY profile_id`;
  return new Map(rows.map((row) => [row.profile_id, row.keys]));
}
