import type { Tx } from '~/platform/db/index.server';
import type { FlowKey } from './types';

/** Whether a flow is on: for causes that cost more to find than this question. */
export async function hasEnabledFlow(tx: Tx, input: { shopId: number; flowKey: FlowKey }): Promise<boolean> {
  const { shopId, flowKey } = input;
  const flow = await tx.flow.findFirst({ where: { shopId, key: flowKey }, select: { enabled: true } });
  return flow?.enabled ?? false;
}
