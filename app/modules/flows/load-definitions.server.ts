import type { Tx } from '~/platform/db/index.server';
import { flowDefinitionSchema, type FlowDefinition } from './definition';

/** Parsed versions by `flowKey:version`. Versions never change, so they are read once; null is one that can't be run. */
export type DefinitionCache = Map<string, FlowDefinition | null>;

/** Adds the versions of these runs that are not in the cache yet. */
export async function loadDefinitions(
  tx: Tx,
  input: { shopId: number; runs: { flowKey: string; version: number }[]; definitions: DefinitionCache },
): Promise<void> {
  const { shopId, runs, definitions } = input;
  const missing = runs.filter((run) => !definitions.has(`${run.flowKey}:${run.version}`));
  if (missing.length === 0) return;
  const rows = await tx.$queryRaw<{ flow_key: string; version: number; definition: unknown }[]>`
    SELECT DISTINCT v.flow_key, v.version, v.definition
    FROM flow_versions v
    JOIN unnest(${missing.map((run) => run.flowKey)}::text[], ${missing.map((run) => run.version)}::int[])
      AS wanted (flow_key, version) ON wanted.flow_key = v.flow_key AND wanted.version = v.version
    WHERE v.shop_id = ${shopId}`;
  for (const row of rows) {
    const parsed = flowDefinitionSchema.safeParse(row.definition);
    definitions.set(`${row.flow_key}:${row.version}`, parsed.success ? parsed.data : null);
  }
}
