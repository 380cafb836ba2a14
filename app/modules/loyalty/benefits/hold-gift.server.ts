import { getShop } from '~/modules/shops/index.server';
import type { Tx } from '~/platform/db/index.server';
import { lockRedemptions } from '../rewards/lock-redemptions.server';
import { findMissingScope } from '../rewards/needed-scope';

const dayMs = 24 * 60 * 60 * 1_000;
/** How long a gift waits for the merchant: nobody's points are held for it. */
const patienceMs = 30 * dayMs;

/**
 * Whether a gift is of a kind the shop has not allowed: it `waits`, and says so to the merchant, until `applyAllowedKinds`
 * makes it due; after 30 days it has `lapsed`. Null: nothing stands in its way. Idempotent.
 */
export async function holdGift(
  tx: Tx,
  { shopId, redemptionId, now }: { shopId: number; redemptionId: bigint; now: Date },
): Promise<'waits' | 'lapsed' | null> {
  // Locked before the question, so that a shop that allows it meanwhile finds it waiting.
  const [gift] = await lockRedemptions(tx, { shopId, ids: [redemptionId] });
  if (gift?.points !== 0 || gift.state !== 'reserved' || gift.sentAt !== null) return null;
  const { scopes } = await getShop(tx, { shopId });
  if (findMissingScope(gift.terms.kind, scopes) === null) return null;
  if (now.getTime() - gift.reservedAt.getTime() > patienceMs) return 'lapsed';
  await tx.redemption.updateMany({
    where: { shopId, id: redemptionId },
    data: {
      attempts: 0,
      nextAttemptAt: new Date(now.getTime() + dayMs),
      error: 'It waits until you allow this kind of reward under Loyalty > Tiers.',
    },
  });
  return 'waits';
}
