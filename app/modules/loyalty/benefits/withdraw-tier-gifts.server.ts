import type { Tx } from '~/platform/db/index.server';
import { lockRedemptions } from '../rewards/lock-redemptions.server';
import { moveRedemptions } from '../rewards/move-redemptions.server';

/**
 * Takes unused gifts of tiers back: one whose code is still to be made gets none; a code is ended by the sweep, unless an order
 * has used it, and then it stays. Their keys are free again, for whoever reaches the tier after all. Idempotent.
 */
export async function withdrawTierGifts(
  tx: Tx,
  { shopId, redemptionIds, now }: { shopId: number; redemptionIds: bigint[]; now: Date },
): Promise<void> {
  if (redemptionIds.length === 0) return;
  const gifts = await lockRedemptions(tx, { shopId, ids: redemptionIds });
  const reserved = gifts.filter(({ state }) => state === 'reserved');
  const made = gifts.flatMap(({ id, state, cancelRequestedAt }) =>
    state === 'confirmed' && cancelRequestedAt === null ? [id] : [],
  );
  const error = 'The tier was not reached after all.';
  const move = { kind: 'unreserve', state: 'released', held: 0, spent: 0, error } as const;
  await moveRedemptions(tx, { shopId, now, moves: reserved.map((redemption) => ({ redemption, ...move })) });
  await tx.redemption.updateMany({
    where: { shopId, id: { in: made } },
    data: { cancelRequestedAt: now, attempts: 0, nextAttemptAt: now, error: null },
  });
  const taken = [...reserved.map(({ id }) => id), ...made];
  await tx.$executeRaw`
    UPDATE redemptions SET key = 'taken-' || key || ':' || id
    WHERE shop_id = ${shopId} AND id = ANY (${taken}::bigint[]) AND key LIKE 'tier:%'`;
}
