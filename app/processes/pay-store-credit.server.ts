import { claimPayment, withdrawPayment } from '~/modules/loyalty/index.server';
import type { Redemption, RewardCodes } from '~/modules/loyalty/types';
import { getShop } from '~/modules/shops/index.server';
import { withShop } from '~/platform/db/index.server';

interface Payment {
  shopId: number;
  redemption: Redemption;
  shopifyCustomerId: bigint;
  codes: RewardCodes;
  now: Date;
}

/** What became of it: paid, refused in a sentence, or as the redemption says (somebody else is at it, or `unknown`). */
export type PaymentOutcome = { discountId: bigint } | { refused: string } | { waits: Redemption };

/**
 * Asks Shopify for store credit, once in the life of a redemption: Shopify knows no key for it and would pay again. That it
 * is asked is committed before; whoever dies after that leaves it `unknown`, and nobody asks again. Throws `unavailable` when
 * surely nothing was paid: it is asked later.
 */
export async function payStoreCredit({
  shopId,
  redemption,
  shopifyCustomerId,
  codes,
  now,
}: Payment): Promise<PaymentOutcome> {
  const redemptionId = redemption.id;
  const { claimed, currency, ...asked } = await withShop(shopId, async (tx) => ({
    ...(await claimPayment(tx, { shopId, redemptionId, now })),
    currency: (await getShop(tx, { shopId })).currency,
  }));
  if (!claimed) return { waits: asked.redemption };
  const { terms, expiresAt: endsAt } = redemption;
  const credit = { shopifyCustomerId, amount: terms.value ?? '0', currency, endsAt };
  const answer = await codes.payCredit(credit).catch(async (error: unknown) => {
    await withShop(shopId, (tx) => withdrawPayment(tx, { shopId, redemptionId }));
    throw error;
  });
  if (answer !== 'unknown') return answer;
  const after = await withShop(shopId, (tx) => claimPayment(tx, { shopId, redemptionId, now, lost: true }));
  return { waits: after.redemption };
}
