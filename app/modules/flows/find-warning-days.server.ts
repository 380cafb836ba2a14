import type { Tx } from '~/platform/db/index.server';
import { listFlows } from './list-flows.server';
import { warningDays } from './trigger-days';

/** How many days before points expire people are warned, the furthest first; null while that flow is off. */
export async function findWarningDays(tx: Tx, input: { shopId: number }): Promise<number[] | null> {
  const flow = (await listFlows(tx, input)).find(({ key }) => key === 'points_expiring');
  return flow?.enabled ? warningDays(flow.definition) : null;
}
