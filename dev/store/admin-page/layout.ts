import { html, type Html } from '../http/html';
import { Html as Safe } from '../http/html';
import type { Shop } from '../state/model';
import type { Store } from '../store';

const LEAF = new Safe(
  '<svg viewBox="0 0 24 24" fill="none"><path d="M5 19C4 9 11 4 20 4c0 10-5 15-13 14" fill="#7fc79c"/><path d="M5 20c2-6 6-9 10-11" stroke="#fff" stroke-width="1.6" stroke-linecap="round"/></svg>',
);

const PAGES = [
  ['', 'Home'],
  ['/orders', 'Orders'],
  ['/products', 'Products'],
  ['/discounts', 'Discounts'],
  ['/customers', 'Customers'],
  ['/checkouts', 'Abandoned checkouts'],
] as const;

export function formatMoney(shop: Shop, cents: number): string {
  return new Intl.NumberFormat('en-IE', { style: 'currency', currency: shop.currency }).format(cents / 100);
}

export function formatTime(shop: Shop, iso: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: shop.ianaTimezone,
  }).format(new Date(iso));
}

function link(shop: Shop, path: string, label: string, here: string): Html {
  return html`<a href="/admin/${shop.domain}${path}" ${path === here ? new Safe('aria-current="page"') : null}
    >${label}</a
  >`;
}

/** The frame of every admin page; `here` is the path after the shop, for the left navigation. */
export function adminLayout(store: Store, shop: Shop, here: string, content: Html): Html {
  const others = store.state.shops.filter(({ domain }) => domain !== shop.domain);
  return html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>${shop.name} · Admin</title>
      <link rel="stylesheet" href="/assets/admin.css" />
      <link rel="icon" href="data:," />
    </head>
    <body data-shop="${shop.domain}">
      <header class="top">
        <button class="menu" data-menu aria-label="Menu">☰</button>
        <a class="brand" href="/admin/${shop.domain}">${LEAF} stand-in admin</a>
        <span class="search">Search</span>
        <span class="clock" title="The store's clock">${formatTime(shop, store.clock.iso())}</span>
        <span class="shop">${shop.name}<i>${shop.name.slice(0, 2).toUpperCase()}</i></span>
      </header>
      <div class="shell">
        <nav class="side" aria-label="Admin">
          ${PAGES.map(([path, label]) => link(shop, path, label, here))}
          <h2>Apps</h2>
          ${link(shop, '/apps/perennial', shop.installed ? 'Perennial' : 'Perennial (install)', here)}
          <div class="sub" id="app-nav"></div>
          <h2>Sales channels</h2>
          <a href="/shop/${shop.domain}" target="_blank">Online store ↗</a>
          <div class="end">
            ${link(shop, '/break', 'Break things', here)} ${link(shop, '/deliveries', 'Deliveries', here)}
            ${link(shop, '/settings', 'Settings', here)}
            ${others.map((other) => html`<a href="/admin/${other.domain}" class="muted">Switch to ${other.name}</a>`)}
          </div>
        </nav>
        <main>${content}</main>
      </div>
      <script src="/admin-frame.js"></script>
    </body>
  </html>`;
}

export function adminError(message: string): Html {
  return html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <title>Sorry</title>
      <link rel="stylesheet" href="/assets/admin.css" />
    </head>
    <body>
      <div class="card install">
        <h2>That did not work</h2>
        <p>${message}</p>
        <a class="button" href="javascript:history.back()">Back</a>
      </div>
    </body>
  </html>`;
}
