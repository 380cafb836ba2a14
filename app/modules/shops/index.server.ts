export { activateShop } from './activate-shop.server';
export { applyShopFact } from './apply-shop-fact.server';
export { ensureShop } from './ensure-shop.server';
export { findShopByDomain, type ShopKey } from './find-shop-by-domain.server';
export { getSettings } from './get-settings.server';
export { getShop } from './get-shop.server';
export { markUninstalled } from './mark-uninstalled.server';
export { updateSettings } from './update-settings.server';
