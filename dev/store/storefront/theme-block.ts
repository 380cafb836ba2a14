import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { html, Html } from '../http/html';
import type { Customer, Product, Shop } from '../state/model';
import type { Store } from '../store';
import { readTranslations } from './extension-bundle';
import { renderLiquidBlock } from './theme-liquid';

export const THEME_ASSETS = '/theme-assets';
const EXTENSION = 'storefront';

/** Files of the theme app extension, read on every use: a changed block shows when the page is loaded again. */
export function themeAssetsFolder(store: Store): string {
  return join(store.options.extensionsDir, EXTENSION, 'assets');
}

interface BlockPlace {
  readonly locale: string;
  readonly visitor: Customer | null;
  readonly product: Product | null;
}

/** A block of the theme app extension where a merchant has placed it; nothing while the app is not installed. */
export function themeBlock(
  store: Store,
  shop: Shop,
  name: 'loyalty-page' | 'product-points',
  { locale, visitor, product }: BlockPlace,
): Html {
  if (!shop.installed) return html``;
  const file = join(store.options.extensionsDir, EXTENSION, 'blocks', `${name}.liquid`);
  const account = `/shop/${shop.domain}/account`;
  const block = renderLiquidBlock(readFileSync(file, 'utf8'), {
    words: readTranslations(store.options, EXTENSION, locale),
    assetUrl: (asset) => `${THEME_ASSETS}/${asset}`,
    objects: {
      request: { locale: { iso_code: locale } },
      routes: { account_url: account, account_login_url: account },
      cart: { currency: { iso_code: shop.currency } },
      customer: visitor === null ? null : { id: visitor.id.toString() },
      product: product === null ? null : liquidProduct(product),
    },
  });
  return html`<div class="shopify-block shopify-app-block" lang="${locale}">${new Html(block.html)}</div>
    <script src="${THEME_ASSETS}/${block.javascript}" defer></script>`;
}

function liquidProduct(product: Product): object {
  const variants = product.variants.map(({ id, price }) => ({ id: id.toString(), price }));
  return { id: product.id.toString(), variants, selected_or_first_available_variant: variants[0] };
}
