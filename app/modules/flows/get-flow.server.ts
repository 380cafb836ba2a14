import type { Tx } from '~/platform/db/index.server';
import { notFound } from '~/platform/errors';
import { drawFlow } from './draw-flow';
import { listFlows } from './list-flows.server';
import type { FlowDetails } from './types';

/** One flow with its picture (nodes and edges as @xyflow draws them). Throws `not_found`. */
export async function getFlow(tx: Tx, input: { shopId: number; key: string }): Promise<FlowDetails> {
  const flows = await listFlows(tx, input);
  const flow = flows.find((candidate) => candidate.key === input.key);
  if (!flow) throw notFound('flow');
  return { ...flow, picture: drawFlow(flow.definition) };
}
