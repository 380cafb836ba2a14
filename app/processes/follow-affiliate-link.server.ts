import { findShopByLinkCode, recordLinkClick } from '~/modules/affiliates/index.server';
import { clickParameter } from '~/modules/orders/types';
import { withShop } from '~/platform/db/index.server';
import { shopBrand } from './shop-brand.server';

/**
 * Somebody followed the link of an affiliate: counts the click and returns where in the shop it leads, with the token that
 * tells the order later. `to` is a path of the shop; anything else leads to its first page. Null when no affiliate has the code.
 */
export async function followAffiliateLink(
  linkCode: string,
  input: { to: string | null; count: boolean; now: Date },
): Promise<string | null> {
  const { to, count, now } = input;
  const shopId = await findShopByLinkCode(linkCode);
  if (shopId === null) return null;
  return withShop(shopId, async (tx) => {
    const { shop, brand } = await shopBrand(tx, { shopId });
    const address = pageOf(brand.url, to);
    const token =
      count && shop.status !== 'uninstalled' ? await recordLinkClick(tx, { shopId, linkCode, now }) : null;
    if (token !== null) address.searchParams.set(clickParameter, token);
    return address.toString();
  });
}

/** A page of the shop and of nobody else, or whoever writes links could lead people anywhere in the shop's name. */
function pageOf(shopUrl: string, to: string | null): URL {
  const home = new URL(shopUrl);
  if (to === null || !URL.canParse(to, home)) return home;
  const page = new URL(to, home);
  return page.origin === home.origin ? page : home;
}
