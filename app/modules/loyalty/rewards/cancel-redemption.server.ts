import type { Tx } from '~/platform/db/index.server';
import { notFound } from '~/platform/errors';
import { lockRedemptions } from './lock-redemptions.server';
import { moveRedemptions } from './move-redemptions.server';
import type { Redemption } from './reward';

export interface CancelRedemptionInput {
  shopId: number;
  redemptionId: bigint;
  used: boolean; // Shopify says that an order has used the code
  now: Date;
}

/**
 * The code can't be used any more: its points go back, once. When an order had used it before, nothing is given back; the
 * order says more when it comes. Idempotent. Throws `not_found`.
 */
export async function cancelRedemption(
  tx: Tx,
  { shopId, redemptionId, used, now }: CancelRedemptionInput,
): Promise<Redemption> {
  const [redemption] = await lockRedemptions(tx, { shopId, ids: [redemptionId] });
  if (!redemption) throw notFound('redemption');
  if (redemption.state !== 'confirmed' || redemption.cancelRequestedAt === null) return redemption;
  const after = used
    ? ({
        state: 'confirmed',
        held: 0,
        spent: redemption.spent,
        error: 'An order has used this code.',
      } as const)
    : ({ state: 'cancelled', held: 0, spent: 0, error: null } as const);
  await moveRedemptions(tx, { shopId, now, moves: [{ redemption, kind: 'return', ...after }] });
  return { ...redemption, ...after, cancelRequestedAt: null };
}
