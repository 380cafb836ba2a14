import type { Tx } from '~/platform/db/index.server';
import { AppError, notFound } from '~/platform/errors';
import { flowDefinitionSchema, triggerSchema } from './definition';
import { lockFlows } from './lock-flows.server';
import { publishVersion } from './publish-version.server';
import { triggerDays, withTriggerDays } from './trigger-days';
import type { FlowKey } from './types';

/**
 * After how many days of silence a flow starts, from now on: a new version. Idempotent. Throws `invalid` for days out of
 * range or a flow that starts with something else, `not_found` for a flow that isn't there.
 */
export async function updateTriggerDays(
  tx: Tx,
  input: { shopId: number; key: FlowKey; days: number; now: Date },
): Promise<void> {
  const { shopId, key, days, now } = input;
  await lockFlows(tx, { shopId, keys: [key] });
  const [row] = await tx.$queryRaw<{ definition: unknown; library_hash: string }[]>`
    SELECT v.definition, v.library_hash
    FROM flows f
    JOIN flow_versions v ON v.shop_id = f.shop_id AND v.flow_key = f.key AND v.version = f.version
    WHERE f.shop_id = ${shopId} AND f.key = ${key}`;
  if (!row) throw notFound('flow');
  const definition = flowDefinitionSchema.parse(row.definition);
  const current = triggerDays(definition);
  const allowed = triggerSchema.safeParse({ kind: 'days_since_last_order', days }).success;
  if (current === null || !allowed) {
    throw new AppError('invalid', {
      message: `flow ${key} can't start after ${days} days`,
      userMessage: 'Enter a number of days from 1 to 730.',
    });
  }
  if (current === days) return;
  const changed = withTriggerDays(definition, days);
  await publishVersion(tx, { shopId, definition: changed, libraryHash: row.library_hash, now });
}
