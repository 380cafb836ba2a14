import type { Shop } from '../state/model';
import type { Store } from '../store';
import { shopPayload, shopRedactPayload } from '../webhooks/payloads/shop';

/** Managed install: Shopify grants the scopes of the app's configuration; the app gets its token on first opening. */
export function installApp(store: Store, shop: Shop): void {
  shop.installed = true;
  shop.scopes = [...store.appConfig.scopes];
  store.touch();
}

/** Takes the tokens away, then tells the app. */
export function uninstallApp(store: Store, shop: Shop): void {
  if (!shop.installed) return;
  const happening = store.begin(shop);
  happening.emit('app/uninstalled', { ...shopPayload(shop), domain: null, myshopify_domain: null });
  shop.installed = false;
  shop.scopes = [];
  shop.tokens = [];
}

/** Shopify sends this 48 hours after the app was removed. */
export function redactShop(store: Store, shop: Shop): void {
  store.begin(shop).emitAlways('shop/redact', shopRedactPayload(shop));
}

export function changeScopes(store: Store, shop: Shop, scopes: readonly string[]): void {
  const previous = shop.scopes;
  shop.scopes = [...scopes];
  const happening = store.begin(shop);
  happening.emit('app/scopes_update', {
    id: shop.id,
    previous,
    current: shop.scopes,
    updated_at: happening.at,
  });
}
