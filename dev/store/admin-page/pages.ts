import { html, type Html } from '../http/html';
import { computeOrderTotals } from '../state/order-totals';
import type { Shop } from '../state/model';
import type { Store } from '../store';
import { formatMoney, formatTime } from './layout';
import { action } from './parts';

export function homePage(store: Store, shop: Shop): Html {
  const sales = shop.orders.reduce((sum, order) => sum + computeOrderTotals(shop, order).currentTotal, 0);
  return html`<div class="page">
    <h1>Good morning, ${shop.ownerName.split(' ')[0] ?? ''}</h1>
    <div class="grid">
      <div class="card">
        <h2>Sales</h2>
        <p>${formatMoney(shop, sales)} in ${shop.orders.length} orders</p>
        <a class="button" href="/admin/${shop.domain}/orders">Orders</a>
      </div>
      <div class="card">
        <h2>Customers</h2>
        <p>${shop.customers.length} people</p>
        <a class="button" href="/admin/${shop.domain}/customers">Customers</a>
      </div>
      <div class="card">
        <h2>Perennial</h2>
        <p>${shop.installed ? 'Installed and receiving webhooks.' : 'Not installed yet.'}</p>
        <a class="button primary" href="/admin/${shop.domain}/apps/perennial"
          >${shop.installed ? 'Open app' : 'Install'}</a
        >
      </div>
      <div class="card">
        <h2>Online store</h2>
        <p>Be the shopper: fill a cart, leave it, come back.</p>
        <a class="button" href="/shop/${shop.domain}" target="_blank">Visit</a>
      </div>
    </div>
    <p class="muted">This is not Shopify: it plays Shopify for the app under development.</p>
    ${store.sender.pending > 0 && html`<p class="muted">${store.sender.pending} deliveries under way.</p>`}
  </div>`;
}

export function settingsPage(shop: Shop): Html {
  return html`<div class="page">
    <h1>Settings</h1>
    <form class="card row" method="post" action="/admin/${shop.domain}/settings">
      <label>Shop name <input name="name" value="${shop.name}" /></label><button>Save</button>
    </form>
    <div class="card">
      <h2>Apps</h2>
      <p>Perennial is ${shop.installed ? 'installed' : 'not installed'}.</p>
      <span class="row">
        ${shop.installed ? action(shop, '/uninstall', 'Uninstall Perennial', 'danger') : action(shop, '/install', 'Install Perennial', 'primary')}
        ${action(shop, '/shop-redact', 'Send shop/redact', 'danger')}</span
      >
    </div>
  </div>`;
}

export function breakPage(store: Store, shop: Shop, notice: string | null): Html {
  const { faults } = store;
  return html`<div class="page">
    <h1>Break things</h1>
    ${notice !== null && html`<div class="card"><b>${notice}</b></div>`}
    <div class="grid">
      <form class="card" method="post" action="/admin/${shop.domain}/break/deliveries">
        <h2>Webhook deliveries</h2>
        <p>From now on, until changed.</p>
        <p>
          <label
            >Send each again
            <input type="number" name="duplicate" min="0" max="20" value="${faults.deliver.duplicate}" />
            times</label
          >
        </p>
        <p>
          <label
            >Delay by
            <input type="number" name="delayMs" min="0" max="60000" value="${faults.deliver.delayMs}" />
            ms</label
          >
        </p>
        <p>
          <label
            >Lose the next <input type="number" name="drop" min="0" max="100" value="${faults.deliver.drop}"
          /></label>
        </p>
        <p>
          <label
            ><input
              type="checkbox"
              name="reorder"
              value="1"
              ${faults.deliver.reorder ? html`checked` : null}
            />
            Send in reverse order</label
          >
        </p>
        <button class="primary">Apply</button>
      </form>
      <form class="card" method="post" action="/admin/${shop.domain}/break/api">
        <h2>Admin API</h2>
        <p>What the app hears when it asks Shopify.</p>
        <p>
          <label
            ><input type="checkbox" name="throttle" value="1" ${faults.throttle ? html`checked` : null} />
            Throttle every request</label
          >
        </p>
        <p>
          <label
            >Answer 500 to the next
            <input type="number" name="http500" min="0" max="100" value="${faults.http500}"
          /></label>
        </p>
        <span class="row"><button class="primary">Apply</button></span>
      </form>
      <div class="card">
        <h2>Replay</h2>
        <p>Send all ${store.deliveries.list().length} recorded deliveries again. Nothing may change.</p>
        <span class="row"
          >${action(shop, '/break/replay-same', 'Same order')}
          ${action(shop, '/break/replay-reverse', 'Reverse order')}
          ${action(shop, '/break/replay-shuffle', 'Shuffled')}</span
        >
      </div>
      <div class="card">
        <h2>Clock</h2>
        <p>It is ${formatTime(shop, store.clock.iso())} in ${shop.ianaTimezone}. The app's clock follows.</p>
        <span class="row"
          >${action(shop, '/break/clock-hour', '+1 hour')} ${action(shop, '/break/clock-day', '+1 day')}
          ${action(shop, '/break/clock-60-days', '+60 days')}
          ${action(shop, '/break/clock-real', 'Real time')}</span
        >
      </div>
      <div class="card">
        <h2>Access tokens</h2>
        <p>Let an hour pass for them: the app must refresh.</p>
        ${action(shop, '/break/expire-tokens', 'Expire tokens')}
      </div>
    </div>
  </div>`;
}
