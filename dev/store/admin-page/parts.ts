import { html, type Html } from '../http/html';
import type { Shop } from '../state/model';

/** A button that does something. */
export function action(shop: Shop, path: string, label: string, kind = ''): Html {
  return html`<form class="inline" method="post" action="/admin/${shop.domain}${path}">
    <button class="${kind}">${label}</button>
  </form>`;
}

/** A state, in a colour that says how good it is. */
export function badge(text: string): Html {
  const kind = ['paid', 'fulfilled', 'subscribed', 'delivered', 'ACTIVE', 'recovered'].includes(text)
    ? 'good'
    : ['refunded', 'cancelled', 'failed', 'unsubscribed', 'dropped'].includes(text)
      ? 'bad'
      : ['partially_refunded', 'pending', 'partial', 'abandoned'].includes(text)
        ? 'warn'
        : '';
  return html`<span class="badge ${kind}">${text.replaceAll('_', ' ').toLowerCase()}</span>`;
}
