import type { Tx } from '~/platform/db/index.server';
import { notFound } from '~/platform/errors';
import type { ShopView } from './types';

/** What every page needs of its shop. Throws not_found. */
export async function getShopView(tx: Tx, input: { shopId: number }): Promise<ShopView> {
  const [shop] = await tx.$queryRaw<
    (Omit<ShopView, 'name' | 'timeZone'> & { name: string | null; time_zone: string })[]
  >`
    SELECT domain, name, currency, time_zone, locale FROM shops WHERE id = ${input.shopId}`;
  if (!shop) throw notFound('shop');
  const { time_zone: timeZone, name, ...rest } = shop;
  return { ...rest, timeZone, name: name ?? shop.domain };
}
