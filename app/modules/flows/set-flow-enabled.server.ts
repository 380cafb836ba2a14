import type { Tx } from '~/platform/db/index.server';
import { notFound } from '~/platform/errors';
import { ensureFlows } from './ensure-flows.server';
import type { FlowKey } from './types';

/**
 * Switches a flow on or off. Off: nobody enters, runs hold their place and send nothing. On again: they go on from there,
 * and what is too late by then the arbiter withholds; who would have entered meanwhile is not entered. Idempotent:
 * switching on what is on changes nothing.
 */
export async function setFlowEnabled(
  tx: Tx,
  input: { shopId: number; key: FlowKey; enabled: boolean; now: Date },
): Promise<void> {
  const { shopId, key, enabled, now } = input;
  await ensureFlows(tx, { shopId, now });
  const known = await tx.flow.count({ where: { shopId, key } });
  if (known === 0) throw notFound('flow');
  await tx.$executeRaw`
    UPDATE flows
    SET enabled = ${enabled}, enabled_at = CASE WHEN ${enabled}::boolean THEN ${now}::timestamptz ELSE enabled_at END, updated_at = ${now}
    WHERE shop_id = ${shopId} AND key = ${key} AND enabled <> ${enabled}`;
}
