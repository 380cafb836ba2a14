import type { Tx } from '~/platform/db/index.server';
import { getShopView } from './get-shop-view.server';
import { isSenderReady } from './is-sender-ready.server';
import { listFlowSummaries } from './list-flow-summaries.server';
import type { FlowsPage } from './types';

export async function getFlowsPage(tx: Tx, input: { shopId: number; now: Date }): Promise<FlowsPage> {
  return {
    shop: await getShopView(tx, input),
    senderReady: await isSenderReady(tx, input),
    flows: await listFlowSummaries(tx, input),
  };
}
