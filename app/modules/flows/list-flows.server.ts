import type { Tx } from '~/platform/db/index.server';
import { flowDefinitionSchema } from './definition';
import type { FlowSummary } from './types';

/** The flows of a shop with the definition in force for new runs, by key. Empty before `ensureFlows` ran. */
export async function listFlows(tx: Tx, input: { shopId: number }): Promise<FlowSummary[]> {
  const rows = await tx.$queryRaw<
    { key: string; enabled: boolean; enabled_at: Date | null; version: number; definition: unknown }[]
  >`
    SELECT f.key, f.enabled, f.enabled_at, f.version, v.definition
    FROM flows f
    JOIN flow_versions v ON v.shop_id = f.shop_id AND v.flow_key = f.key AND v.version = f.version
    WHERE f.shop_id = ${input.shopId}
    ORDER BY f.key`;
  return rows.map((row) => ({
    key: row.key,
    enabled: row.enabled,
    enabledAt: row.enabled_at,
    version: row.version,
    definition: flowDefinitionSchema.parse(row.definition),
  }));
}
