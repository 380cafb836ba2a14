import type { Redemption, RewardCodes } from '~/modules/loyalty/types';
import { getShop } from '~/modules/shops/index.server';
import { withShop } from '~/platform/db/index.server';

type Coded = Pick<Redemption, 'code' | 'terms' | 'discountId'>;

/** What Shopify made for a redemption in a try whose answer was lost. Store credit can't be looked up. */
export async function findCode(codes: RewardCodes, { code, terms }: Coded): Promise<bigint | null> {
  if (terms.kind === 'store_credit') return null;
  return terms.kind === 'gift_card' ? codes.findGiftCard(code) : codes.find(code);
}

/** Makes the code or the gift card of a redemption. May be repeated. */
export async function createCode(work: {
  shopId: number;
  redemption: Redemption;
  shopifyCustomerId: bigint;
  codes: RewardCodes;
}): Promise<{ discountId: bigint } | { refused: string }> {
  const { shopId, redemption, shopifyCustomerId, codes } = work;
  const { id, code, terms, reservedAt: startsAt, expiresAt: endsAt } = redemption;
  if (terms.kind !== 'gift_card') return codes.create({ code, terms, shopifyCustomerId, startsAt, endsAt });
  const { currency, timeZone } = await withShop(shopId, (tx) => getShop(tx, { shopId }));
  return codes.createGiftCard({
    code,
    shopifyCustomerId,
    currency,
    amount: terms.value ?? '0',
    lastDay: endsAt && new Intl.DateTimeFormat('sv-SE', { timeZone }).format(endsAt),
    note: `${terms.title} (Perennial, reward ${id})`,
  });
}

/** Ends the code or the gift card of a redemption, unless it was used. Store credit can't be ended. */
export async function disableCode(
  codes: RewardCodes,
  { terms, discountId }: Coded,
): Promise<{ used: boolean }> {
  if (discountId === null) return { used: false };
  if (terms.kind === 'store_credit') return { used: true };
  return terms.kind === 'gift_card' ? codes.disableGiftCard(discountId) : codes.disable(discountId);
}
