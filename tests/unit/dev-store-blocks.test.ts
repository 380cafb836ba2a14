import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startStore, type RunningStore } from '../../dev/store/start-store';
import { renderLiquidBlock } from '../../dev/store/storefront/theme-liquid';

const SHOP = 'perennial-demo.myshopify.com';
let store: RunningStore;

beforeAll(async () => {
  store = await startStore({ port: 0, appUrl: 'http://localhost:1', tomlPath: 'none.toml' });
  store.store.getShop(SHOP).installed = true;
});
afterAll(() => store.close());

const page = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${store.url}/shop/${SHOP}${path}`, { headers });
  return { status: response.status, text: await response.text() };
};

/** A member's cookie. */
function cookie(): Record<string, string> {
  const shop = store.store.getShop(SHOP);
  return { cookie: `customer_${shop.id}=${shop.customers[0]!.id}` };
}

describe('the blocks in the stand-in’s storefront', () => {
  it.each([
    ['en', 'Sign in to collect points'],
    ['de', 'Anmelden und Punkte sammeln'],
    ['fr', 'Connectez-vous pour collecter des points'],
  ])('the loyalty page has its words in %s', async (locale, words) => {
    const { text } = await page(`/pages/loyalty?locale=${locale}`);
    expect(text).toContain(words);
    expect(text).toContain(`data-locale="${locale}"`);
    expect(text).toContain('--perennial-height: 32rem');
    expect(text).not.toMatch(/\{\{|\{%/);
  });

  it('knows who is signed in, and says nothing when the app is gone', async () => {
    expect((await page('/pages/loyalty', cookie())).text).toContain('Redeem points in your account');
    store.store.getShop(SHOP).installed = false;
    expect((await page('/pages/loyalty')).status).toBe(404);
    expect((await page('/products/boston-fern')).text).not.toContain('perennial-product');
    store.store.getShop(SHOP).installed = true;
  });

  it('the product’s page tells its prices, and the files of the extension are there', async () => {
    const { text } = await page('/products/boston-fern');
    const [small, large] = store.store.getShop(SHOP).products[1]!.variants;
    const prices = /data-prices>([^<]*)</.exec(text)?.[1] ?? '';
    expect(JSON.parse(prices)).toEqual({ [String(small!.id)]: 1490, [String(large!.id)]: 2290 });
    expect(text).toContain(`data-variant="${small!.id}"`);
    for (const file of ['perennial-loyalty.js', 'perennial-loyalty.css']) {
      expect(text).toContain(`/theme-assets/${file}`);
      expect((await fetch(`${store.url}/theme-assets/${file}`)).status).toBe(200);
    }
  });

  it('the proxy at the root knows the shop by the page that asks', async () => {
    const ask = (referer: string) => fetch(`${store.url}/apps/perennial/loyalty`, { headers: { referer } });
    expect((await ask(`${store.url}/shop/${SHOP}/pages/loyalty`)).status).toBe(502); // the app is silent here
    expect((await ask(`${store.url}/`)).status).toBe(404);
  });
});

describe('Liquid of blocks', () => {
  const render = (source: string) =>
    renderLiquidBlock(`${source}{% schema %}{ "javascript": "a.js", "settings": [] }{% endschema %}`, {
      words: { a: { plain: 'A word', filled: '{{ number }} points' } },
      assetUrl: (file) => `/${file}`,
      objects: { product: null, shop: { name: '</script>' } },
    }).html;

  it('is as Shopify’s', () => {
    expect(
      render(`{{ 'a.filled' | t: number: '<b>' }} {{ shop.name | json }} {{ 'x.css' | asset_url }}`),
    ).toBe('&lt;b&gt; points "\\u003c/script\\u003e" /x.css');
  });

  it.each([
    ['a filter', `{{ 'a' | upcase }}`],
    ['a tag', '{% render "a" %}'],
    ['an object', '{{ cart.note }}'],
    ['a property', '{{ shop.email }}'],
    ['a text', `{{ 'a.missing' | t }}`],
    ['a value the text wants', `{{ 'a.filled' | t }}`],
    ['the place of a value', `{{ 'a.plain' | t: number: 1 }}`],
  ])('without %s it throws rather than show nothing', (_what, source) => {
    expect(() => render(source)).toThrow();
  });
});
