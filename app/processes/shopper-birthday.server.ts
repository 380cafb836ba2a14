import { findProfileByCustomer } from '~/modules/customers/index.server';
import { tellBirthday } from '~/modules/loyalty/index.server';
import { withShop } from '~/platform/db/index.server';
import { notFound } from '~/platform/errors';

export interface ShopperBirthdayInput {
  shopId: number;
  shopifyCustomerId: bigint; // out of Shopify's token
  birthday: { month: number; day: number };
  now: Date;
}

/** A shopper tells their birthday, once. Throws what `tellBirthday` throws, and `not_found` for somebody unknown. */
export async function shopperBirthday({ shopifyCustomerId, ...told }: ShopperBirthdayInput): Promise<void> {
  const { shopId } = told;
  await withShop(shopId, async (tx) => {
    const profileId = await findProfileByCustomer(tx, { shopId, shopifyCustomerId });
    if (profileId === null) throw notFound('customer');
    await tellBirthday(tx, { ...told, profileId });
  });
}
