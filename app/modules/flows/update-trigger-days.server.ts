import type { Tx } from '~/platform/db/index.server';
import { AppError, notFound } from '~/platform/errors';
import { flowDefinitionSchema, triggerOf, triggerSchema } from './definition';
import { lockFlows } from './lock-flows.server';
import { publishVersion } from './publish-version.server';
import { withTrigger } from './trigger-days';
import type { FlowKey } from './types';

/**
 * After how many days of silence a flow starts, or how many days before points expire it warns (some numbers, in any
 * order), from now on: a new version. Idempotent. Throws `invalid` for days out of range, not of the kind the flow starts
 * with, or a flow that does not start by days; `not_found` for a flow that isn't there.
 */
export async function updateTriggerDays(
  tx: Tx,
  input: { shopId: number; key: FlowKey; days: number | number[]; now: Date },
): Promise<void> {
  const { shopId, key, now } = input;
  await lockFlows(tx, { shopId, keys: [key] });
  const [row] = await tx.$queryRaw<{ definition: unknown; library_hash: string }[]>`
    SELECT v.definition, v.library_hash
    FROM flows f
    JOIN flow_versions v ON v.shop_id = f.shop_id AND v.flow_key = f.key AND v.version = f.version
    WHERE f.shop_id = ${shopId} AND f.key = ${key}`;
  if (!row) throw notFound('flow');
  const definition = flowDefinitionSchema.parse(row.definition);
  const { trigger } = triggerOf(definition);
  const days = Array.isArray(input.days) ? furthestFirst(input.days) : input.days;
  const wanted = triggerSchema.safeParse({ ...trigger, days });
  if (!('days' in trigger) || !wanted.success) {
    throw new AppError('invalid', {
      message: `flow ${key} can't start by ${String(days)} days`,
      userMessage: Array.isArray(days)
        ? 'Enter up to five numbers of days from 1 to 365.'
        : 'Enter a number of days from 1 to 730.',
    });
  }
  if (String(trigger.days) === String(days)) return;
  const changed = withTrigger(definition, wanted.data);
  await publishVersion(tx, { shopId, definition: changed, libraryHash: row.library_hash, now });
}

function furthestFirst(days: number[]): number[] {
  return [...new Set(days)].sort((a, b) => b - a);
}
