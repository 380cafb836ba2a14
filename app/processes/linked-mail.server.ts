import {
  findMessageByToken,
  findShopByMessageToken,
  type LinkedMessage,
} from '~/modules/messaging/index.server';
import type { Shop } from '~/modules/shops/types';
import type { Brand } from '~/emails/public-page';
import { withShop, type Tx } from '~/platform/db/index.server';
import { shopBrand } from './shop-brand.server';

/** The mail a public link belongs to, with the shop it is from. */
export interface LinkedMail {
  shopId: number;
  shop: Shop;
  brand: Brand;
  message: LinkedMessage;
}

/**
 * Runs `work` in the transaction of the shop whose mail has this token; null when no mail has it. The token is all a link
 * carries, so there is no way to name one shop and act on another.
 */
export async function withLinkedMail<T>(
  token: string,
  work: (tx: Tx, mail: LinkedMail) => Promise<T>,
): Promise<T | null> {
  const shopId = await findShopByMessageToken(token);
  if (shopId === null) return null;
  return withShop(shopId, async (tx) => {
    const message = await findMessageByToken(tx, { shopId, token });
    if (!message) return null;
    const { shop, brand } = await shopBrand(tx, { shopId });
    return work(tx, { shopId, shop, brand, message });
  });
}
