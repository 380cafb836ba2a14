import { createHmac } from 'node:crypto';
import { adminTokenFor } from '../control/machine-routes';
import { html, type Html } from '../http/html';
import type { Shop } from '../state/model';
import type { Store } from '../store';

/** The address Shopify opens an embedded app with: signed, with host, shop and an id token. */
function appFrameUrl(store: Store, shop: Shop, deepPath: string, search: URLSearchParams): string {
  const url = new URL(`/app${deepPath}`, store.options.appUrl);
  for (const [name, value] of search) url.searchParams.set(name, value);
  const handle = shop.domain.replace('.myshopify.com', '');
  const parameters: Record<string, string> = {
    embedded: '1',
    host: Buffer.from(`admin.shopify.com/store/${handle}`).toString('base64').replace(/=+$/, ''),
    id_token: adminTokenFor(store, shop),
    locale: 'en',
    session: shop.id.toString(),
    shop: shop.domain,
    timestamp: Math.floor(Date.now() / 1000).toString(),
  };
  const signed = Object.keys(parameters)
    .sort()
    .map((name) => `${name}=${parameters[name] ?? ''}`)
    .join('&');
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  url.searchParams.set('hmac', createHmac('sha256', store.options.apiSecret).update(signed).digest('hex'));
  return url.toString();
}

export function appFrame(store: Store, shop: Shop, deepPath: string, search: URLSearchParams): Html {
  return html`<div id="progress" hidden></div>
    <div id="save-bar" hidden>
      Unsaved changes <button id="discard">Discard</button><button id="save" class="primary">Save</button>
    </div>
    <div id="toast" role="status" hidden></div>
    <div class="app-bar">
      <span class="leaf">❋</span><span id="app-title">Perennial</span><span id="app-actions"></span>
    </div>
    <iframe
      id="app-frame"
      name="app-iframe"
      title="Perennial"
      src="${appFrameUrl(store, shop, deepPath, search)}"
      allow="clipboard-write"
    ></iframe>`;
}

export function installPage(store: Store, shop: Shop): Html {
  return html`<div class="page">
    <div class="card install">
      <h2>Install Perennial on ${shop.name}</h2>
      <p>The app will be able to:</p>
      <ul>
        ${store.appConfig.scopes.map((scope) => html`<li>${scope.replaceAll('_', ' ')}</li>`)}
      </ul>
      <form method="post" action="/admin/${shop.domain}/install">
        <button class="primary">Install</button>
      </form>
    </div>
  </div>`;
}
