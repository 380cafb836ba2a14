import type { Tx } from '~/platform/db/index.server';
import { notFound } from '~/platform/errors';
import { getShopView } from './get-shop-view.server';
import { hasFlowGround } from './has-flow-ground.server';
import { isSenderReady } from './is-sender-ready.server';
import { listFlowRuns } from './list-flow-runs.server';
import { listFlowSteps } from './list-flow-steps.server';
import { listFlowSummaries } from './list-flow-summaries.server';
import type { FlowPage, PageCursor } from './types';

/** What a flow did: its figures, its steps and its runs. What it is, the flows module tells. Throws not_found. */
export async function getFlowPage(
  tx: Tx,
  input: { shopId: number; flowKey: string; cursor: PageCursor; now: Date },
): Promise<FlowPage> {
  const { shopId, flowKey, now } = input;
  const flow = (await listFlowSummaries(tx, { shopId, now })).find((candidate) => candidate.key === flowKey);
  if (!flow) throw notFound('flow');
  return {
    shop: await getShopView(tx, { shopId }),
    senderReady: await isSenderReady(tx, { shopId }),
    hasGround: await hasFlowGround(tx, { shopId, flowKey }),
    flow,
    steps: await listFlowSteps(tx, { shopId, flowKey, now }),
    runs: await listFlowRuns(tx, { shopId, flowKey, cursor: input.cursor, limit: 25 }),
  };
}
