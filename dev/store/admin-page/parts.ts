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

type Column = string | { title: string; className: string };

/** A column of numbers. */
export function money(title: string): Column {
  return { title, className: 'money' };
}

export function table(columns: Column[], rows: Html[]): Html {
  const heads = columns.map((column) =>
    typeof column === 'string'
      ? html`<th>${column}</th>`
      : html`<th class="${column.className}">${column.title}</th>`,
  );
  return html`<div class="card table">
    <table>
      <tr>
        ${heads}
      </tr>
      ${rows}
    </table>
  </div>`;
}

/** A page that is one table. */
export function listPage(title: string, columns: Column[], rows: Html[]): Html {
  return html`<div class="page">
    <h1>${title}</h1>
    ${table(columns, rows)}
  </div>`;
}
