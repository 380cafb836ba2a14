import type { Balance } from '~/modules/loyalty/types';
import type { Tx } from '~/platform/db/index.server';
import { customerOfFlow } from './customer-of-flow.server';
import { pointsAdjusted } from './points-adjusted.server';

interface FlowPoints {
  shopId: number;
  shopifyCustomerId: bigint;
  points: number; // whole, above 0
  reason: string | null;
  runId: string; // of the step: sent again, nothing more is given
  now: Date;
}

/** A workflow of the merchant gives points. Idempotent by `runId`; throws what `adjustPoints` throws. Returns the balance. */
export async function flowPointsAdded(tx: Tx, input: FlowPoints): Promise<Balance> {
  const { shopId, shopifyCustomerId, points, reason, runId, now } = input;
  const profileId = await customerOfFlow(tx, { shopId, shopifyCustomerId, now });
  const by = { reason: reason === null || reason === '' ? 'Shopify Flow' : reason, staff: 'Shopify Flow' };
  return pointsAdjusted(tx, { shopId, profileId, points, ...by, key: `flow:${runId}`, now });
}
