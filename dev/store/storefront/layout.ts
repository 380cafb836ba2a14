import { formatMoney } from '../admin-page/layout';
import { html, type Html } from '../http/html';
import type { Customer, Shop } from '../state/model';

export function storeHead(shop: Shop, title: string): Html {
  return html`<head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title} · ${shop.name}</title>
    <link rel="stylesheet" href="/assets/storefront.css" />
    <link rel="icon" href="data:," />
    <style>
      :root {
        --accent: ${shop.accent};
      }
    </style>
  </head>`;
}

export function storeLayout(
  shop: Shop,
  title: string,
  visitor: Customer | null,
  pieces: number,
  content: Html,
): Html {
  const base = `/shop/${shop.domain}`;
  return html`<html lang="${shop.locale}">
    ${storeHead(shop, title)}
    <body>
      <div class="notice">Free shipping from ${formatMoney(shop, shop.freeShippingFrom)}</div>
      <header class="store">
        <a class="name" href="${base}">${shop.name}</a>
        <nav>
          <a href="${base}">Shop</a>
          ${shop.installed && html`<a href="${base}/pages/loyalty">Loyalty</a>`}
          <a href="${base}/account">${visitor === null ? 'Log in' : `Hello ${visitor.firstName ?? ''}`}</a>
          <a href="${base}/cart">Cart ${pieces > 0 && html`<b>${pieces}</b>`}</a>
        </nav>
      </header>
      ${content}
      <footer class="store">A demo shop. Nothing here is for sale, and nobody is charged.</footer>
    </body>
  </html>`;
}

export function storeError(message: string): Html {
  return html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width" />
      <title>Sorry</title>
      <link rel="stylesheet" href="/assets/storefront.css" />
    </head>
    <body>
      <div class="wrap">
        <h1>Sorry</h1>
        <p class="error">${message}</p>
        <p><a href="javascript:history.back()">Back</a></p>
      </div>
    </body>
  </html>`;
}
