import type { Tx } from '~/platform/db/index.server';
import { notFound } from '~/platform/errors';
import { lockRedemptions } from './lock-redemptions.server';
import { moveRedemptions } from './move-redemptions.server';
import type { Redemption } from './reward';

/** Nobody waits for Shopify's answer longer than that: who asked is dead. */
const answerWithinMs = 5 * 60_000;
const lost =
  'Shopify was asked for this store credit, and its answer was lost. Look into the customer’s store credit in Shopify.';

/**
 * Lets one caller ask Shopify for the store credit of a reserved redemption, because asking twice pays twice: `claimed` is
 * true for one of all that ever ask. When who had claimed it can't be alive any more, or the answer is known to be `lost`, it becomes
 * `unknown`, and the merchant says what happened. Throws `not_found`.
 */
export async function claimPayment(
  tx: Tx,
  input: { shopId: number; redemptionId: bigint; now: Date; lost?: boolean },
): Promise<{ claimed: boolean; redemption: Redemption }> {
  const { shopId, redemptionId, now } = input;
  const [redemption] = await lockRedemptions(tx, { shopId, ids: [redemptionId] });
  if (!redemption) throw notFound('redemption');
  const { state, sentAt, held } = redemption;
  if (state !== 'reserved') return { claimed: false, redemption };
  if (sentAt === null) {
    await tx.redemption.updateMany({ where: { shopId, id: redemptionId }, data: { sentAt: now } });
    return { claimed: true, redemption: { ...redemption, sentAt: now } };
  }
  if (!input.lost && now.getTime() - sentAt.getTime() < answerWithinMs) return { claimed: false, redemption };
  const after = { state: 'unknown', held, spent: 0, error: lost } as const;
  await moveRedemptions(tx, { shopId, now, moves: [{ redemption, kind: 'reserve', ...after }] });
  return { claimed: false, redemption: { ...redemption, ...after } };
}
