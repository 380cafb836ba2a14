import type { Tx } from '~/platform/db/index.server';
import { AppError, notFound } from '~/platform/errors';
import { lockRedemptions } from './lock-redemptions.server';
import { moveRedemptions } from './move-redemptions.server';
import type { Redemption } from './reward';

export interface SettlePaymentInput {
  shopId: number;
  redemptionId: bigint;
  profileId: bigint; // whose page it was said on
  paid: boolean; // what the merchant saw in Shopify
  staff: string;
  now: Date;
}

/**
 * The merchant says what became of store credit nobody could tell of: it was paid and the points are spent, or it was not
 * and they are back. Idempotent. Throws `not_found`, and `conflict` when the other was said before.
 */
export async function settlePayment(tx: Tx, input: SettlePaymentInput): Promise<Redemption> {
  const { shopId, redemptionId, profileId, paid, staff, now } = input;
  const [redemption] = await lockRedemptions(tx, { shopId, ids: [redemptionId] });
  if (redemption?.profileId !== profileId) throw notFound('redemption');
  const state = paid ? 'confirmed' : 'released';
  if (redemption.state === state) return redemption;
  if (redemption.state !== 'unknown')
    throw new AppError('conflict', {
      message: `settle a payment: it is ${redemption.state}`,
      userMessage: 'This was settled already. Reload the page to see how.',
    });
  const error = paid ? null : 'Not paid, as a member of your staff saw in Shopify.';
  const after = { state, held: 0, spent: paid ? redemption.points : 0, error } as const;
  const kind = paid ? 'redeem' : 'unreserve';
  await moveRedemptions(tx, { shopId, now, moves: [{ redemption, kind, ...after }] });
  await tx.redemption.updateMany({ where: { shopId, id: redemptionId }, data: { staff } });
  return { ...redemption, ...after };
}
