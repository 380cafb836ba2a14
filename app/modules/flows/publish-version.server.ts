import type { Tx } from '~/platform/db/index.server';
import type { FlowDefinition } from './definition';

/**
 * Adds a version of a flow and puts it in force for new runs; runs under way keep theirs. The caller holds the lock on the
 * row of `flows`.
 */
export async function publishVersion(
  tx: Tx,
  input: { shopId: number; definition: FlowDefinition; libraryHash: string; now: Date },
): Promise<void> {
  const { shopId, definition, libraryHash, now } = input;
  await tx.$executeRaw`
    WITH added AS (
      INSERT INTO flow_versions (shop_id, flow_key, version, definition, library_hash, created_at)
      SELECT ${shopId}, ${definition.key}, coalesce(max(version), 0) + 1, ${JSON.stringify(definition)}::jsonb,
             ${libraryHash}, ${now}::timestamptz
      FROM flow_versions WHERE shop_id = ${shopId} AND flow_key = ${definition.key}
      RETURNING flow_key, version
    )
    UPDATE flows f SET version = added.version, updated_at = ${now}
    FROM added WHERE f.shop_id = ${shopId} AND f.key = added.flow_key`;
}
