import type { Tx } from '~/platform/db/index.server';
import { flowDefinitionSchema } from './definition';
import { library, type LibraryFlow } from './library/library.server';
import { lockFlows } from './lock-flows.server';
import { publishVersion } from './publish-version.server';
import { withChosenDays } from './trigger-days';

interface Row {
  key: string;
  library_hash: string | null;
  definition: unknown;
}

/**
 * Gives a shop the flows of the library, off; a definition that changed in the code becomes a new version, which keeps the
 * days the merchant chose. Runs under way are not touched. Idempotent; two at once leave one version.
 */
export async function ensureFlows(tx: Tx, input: { shopId: number; now: Date }): Promise<void> {
  const { shopId, now } = input;
  const keys = library.map((flow) => flow.definition.key);
  await tx.$executeRaw`
    INSERT INTO flows (shop_id, key, enabled, version, updated_at)
    SELECT ${shopId}, key, false, 0, ${now}::timestamptz FROM unnest(${keys}::text[]) AS key
    ORDER BY key
    ON CONFLICT (shop_id, key) DO NOTHING`;
  await lockFlows(tx, { shopId, keys });
  const rows = await tx.$queryRaw<Row[]>`
    SELECT f.key, v.library_hash, v.definition
    FROM flows f
    LEFT JOIN flow_versions v ON v.shop_id = f.shop_id AND v.flow_key = f.key AND v.version = f.version
    WHERE f.shop_id = ${shopId} AND f.key = ANY(${keys})`;
  const outdated = library.flatMap((flow) => {
    const row = rows.find((candidate) => candidate.key === flow.definition.key);
    return row?.library_hash === flow.hash ? [] : [nextDefinition(flow, row)];
  });
  // At most as many as there are flows in the library, and none from the second time on.
  for (const version of outdated) await publishVersion(tx, { shopId, ...version, now });
}

function nextDefinition(flow: LibraryFlow, row: Row | undefined) {
  const before = flowDefinitionSchema.safeParse(row?.definition);
  const definition = before.success ? withChosenDays(flow.definition, before.data) : flow.definition;
  return { definition, libraryHash: flow.hash };
}
