import { recomputeTraits, recordTimeline } from '~/modules/customers/index.server';
import { settlePayment } from '~/modules/loyalty/index.server';
import type { Redemption, SettlePaymentInput } from '~/modules/loyalty/types';
import { withShop } from '~/platform/db/index.server';

/**
 * The merchant looked whether store credit of which nobody knew was paid: the points are spent, or back. Idempotent. Throws
 * what `settlePayment` throws.
 */
export async function paymentSettled(input: SettlePaymentInput): Promise<Redemption> {
  const { shopId, profileId, now } = input;
  return withShop(shopId, async (tx) => {
    const redemption = await settlePayment(tx, input);
    const { state, code: key, reservedAt: occurredAt, points, terms } = redemption;
    const data = { title: terms.title, points };
    if (state === 'confirmed')
      await recordTimeline(tx, {
        shopId,
        events: [{ profileId, kind: 'reward_redeemed', key, occurredAt, data }],
      });
    await recomputeTraits(tx, { shopId, profileIds: [profileId], now });
    return redemption;
  });
}
