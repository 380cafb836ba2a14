import { html, type Html } from '../http/html';
import { productImageUrl, recoveryUrl } from '../links';
import { computeCheckoutTotals } from '../state/checkout-totals';
import { computeFinancialStatus, computeFulfillmentStatus, computeOrderTotals } from '../state/order-totals';
import type { Order, Shop } from '../state/model';
import type { Store } from '../store';
import { formatMoney, formatTime } from './layout';

function action(shop: Shop, path: string, label: string, kind = ''): Html {
  return html`<form class="inline" method="post" action="/admin/${shop.domain}${path}">
    <button class="${kind}">${label}</button>
  </form>`;
}

function badge(text: string): Html {
  const kind = ['paid', 'fulfilled', 'subscribed', 'delivered', 'ACTIVE', 'recovered'].includes(text)
    ? 'good'
    : ['refunded', 'cancelled', 'failed', 'unsubscribed', 'dropped'].includes(text)
      ? 'bad'
      : ['partially_refunded', 'pending', 'partial', 'abandoned'].includes(text)
        ? 'warn'
        : '';
  return html`<span class="badge ${kind}">${text.replaceAll('_', ' ').toLowerCase()}</span>`;
}

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

function orderActions(shop: Shop, order: Order): Html {
  const path = `/orders/${order.id.toString()}`;
  const isOpen = order.cancelledAt === null;
  return html`<span class="row">
    ${isOpen && computeFulfillmentStatus(order) !== 'fulfilled' && action(shop, `${path}/fulfil`, 'Fulfil')}
    ${order.fulfillments.some(({ deliveredAt }) => deliveredAt === null) && action(shop, `${path}/deliver`, 'Deliver')}
    ${isOpen && order.lines.some(({ currentQuantity }) => currentQuantity > 0) && html`${action(shop, `${path}/refund-half`, 'Refund half')} ${action(shop, `${path}/refund-all`, 'Refund all')}`}
    ${isOpen && action(shop, `${path}/cancel`, 'Cancel', 'danger')}
  </span>`;
}

export function ordersPage(shop: Shop): Html {
  const rows = [...shop.orders].reverse().map((order) => {
    const customer = shop.customers.find(({ id }) => id === order.customerId);
    const status = order.cancelledAt === null ? computeFinancialStatus(shop, order) : 'cancelled';
    return html`<tr>
      <td><b>#${order.number}</b></td>
      <td>${formatTime(shop, order.createdAt)}</td>
      <td>
        ${customer?.firstName ?? ''} ${customer?.lastName ?? ''}<br /><span class="muted"
          >${order.email ?? ''}</span
        >
      </td>
      <td class="money">${formatMoney(shop, computeOrderTotals(shop, order).total)}</td>
      <td>${badge(status)}</td>
      <td>${badge(computeFulfillmentStatus(order) ?? 'unfulfilled')}</td>
      <td>${orderActions(shop, order)}</td>
    </tr>`;
  });
  return html`<div class="page">
    <h1>Orders</h1>
    <div class="card table">
      ${
        rows.length === 0
          ? html`<p style="padding:16px">No orders yet. Buy something in the online store.</p>`
          : html`<table>
              <tr>
                <th>Order</th>
                <th>Date</th>
                <th>Customer</th>
                <th class="money">Total</th>
                <th>Payment</th>
                <th>Fulfilment</th>
                <th></th>
              </tr>
              ${rows}
            </table>`
      }
    </div>
  </div>`;
}

export function productsPage(store: Store, shop: Shop): Html {
  return html`<div class="page">
    <h1>Products</h1>
    <div class="card table">
      <table>
        <tr>
          <th></th>
          <th>Product</th>
          <th>Status</th>
          <th class="money">Inventory</th>
          <th class="money">Price</th>
          <th class="money">Cost</th>
          <th></th>
        </tr>
        ${shop.products.map((product) => {
          const [first] = product.variants;
          return html`<tr>
            <td><img src="${productImageUrl(store, shop, product)}" alt="" /></td>
            <td>
              <b>${product.title}</b><br /><span class="muted"
                >${product.variants.map(({ title }) => title).join(' · ')}</span
              >
            </td>
            <td>${badge(product.status)}</td>
            <td class="money">
              ${product.variants.reduce((sum, variant) => sum + variant.inventoryQuantity, 0)}
            </td>
            <td class="money">${formatMoney(shop, first?.price ?? 0)}</td>
            <td class="money">${first?.unitCost == null ? '–' : formatMoney(shop, first.unitCost)}</td>
            <td>
              <form
                class="row"
                method="post"
                action="/admin/${shop.domain}/products/${product.id.toString()}/price"
              >
                <input
                  type="number"
                  name="price"
                  step="0.01"
                  min="0"
                  value="${((first?.price ?? 0) / 100).toFixed(2)}"
                  aria-label="New price"
                /><button>Set price</button>
              </form>
            </td>
          </tr>`;
        })}
      </table>
    </div>
  </div>`;
}

export function customersPage(shop: Shop): Html {
  return html`<div class="page">
    <h1>Customers</h1>
    <form class="card row" method="post" action="/admin/${shop.domain}/customers">
      <input name="firstName" placeholder="First name" required /><input
        name="lastName"
        placeholder="Last name"
        required
      />
      <input name="email" type="email" placeholder="E-mail" required /><label
        ><input type="checkbox" name="subscribed" value="1" /> subscribed</label
      >
      <button class="primary">Add customer</button>
    </form>
    <div class="card table">
      <table>
        <tr>
          <th>Name</th>
          <th>E-mail</th>
          <th>Marketing</th>
          <th>Tags</th>
          <th class="money">Orders</th>
          <th></th>
        </tr>
        ${[...shop.customers].reverse().map((customer) => {
          const path = `/customers/${customer.id.toString()}`;
          return html`<tr>
            <td><b>${customer.firstName ?? ''} ${customer.lastName ?? ''}</b></td>
            <td>${customer.email ?? ''}</td>
            <td>${badge(customer.consent.state)}</td>
            <td>${customer.tags.join(', ')}</td>
            <td class="money">
              ${shop.orders.filter(({ customerId }) => customerId === customer.id).length}
            </td>
            <td>
              <span class="row">
                ${customer.consent.state === 'subscribed' ? action(shop, `${path}/unsubscribe`, 'Unsubscribe') : action(shop, `${path}/subscribe`, 'Subscribe')}
                <form class="row" method="post" action="/admin/${shop.domain}${path}/tag">
                  <input name="tag" size="8" placeholder="tag" required /><button>Add tag</button>
                </form>
                ${action(shop, `${path}/data-request`, 'Data request')}
                ${action(shop, `${path}/redact`, 'Redact', 'danger')}
              </span>
            </td>
          </tr>`;
        })}
      </table>
    </div>
  </div>`;
}

export function checkoutsPage(store: Store, shop: Shop): Html {
  const rows = [...shop.checkouts].reverse().map(
    (checkout) =>
      html`<tr>
        <td>${formatTime(shop, checkout.updatedAt)}</td>
        <td>${checkout.email ?? 'no e-mail yet'}</td>
        <td class="money">
          ${formatMoney(shop, computeCheckoutTotals(shop, checkout, store.clock.now()).total)}
        </td>
        <td>${badge(checkout.completedAt === null ? 'abandoned' : 'recovered')}</td>
        <td><a href="${recoveryUrl(store, shop, checkout)}" target="_blank">Recovery link ↗</a></td>
      </tr>`,
  );
  return html`<div class="page">
    <h1>Abandoned checkouts</h1>
    <div class="card table">
      <table>
        <tr>
          <th>Last change</th>
          <th>E-mail</th>
          <th class="money">Total</th>
          <th>Status</th>
          <th></th>
        </tr>
        ${rows}
      </table>
    </div>
  </div>`;
}

export function deliveriesPage(store: Store, shop: Shop): Html {
  const rows = store.deliveries
    .list()
    .filter((delivery) => delivery.shop === shop.domain)
    .slice(-200)
    .reverse()
    .map(
      (delivery) =>
        html`<tr>
          <td class="muted">${delivery.number}</td>
          <td><b>${delivery.topic}</b></td>
          <td>${formatTime(shop, delivery.triggeredAt)}</td>
          <td>${badge(delivery.status)}</td>
          <td>${delivery.attempts.length}</td>
          <td class="muted">${delivery.attempts.at(-1)?.status ?? delivery.attempts.at(-1)?.error ?? ''}</td>
          <td class="money">${delivery.attempts.at(-1)?.ms ?? 0} ms</td>
        </tr>`,
    );
  return html`<div class="page">
    <h1>Webhook deliveries</h1>
    <div class="card table">
      <table>
        <tr>
          <th>#</th>
          <th>Topic</th>
          <th>Triggered</th>
          <th>Status</th>
          <th>Attempts</th>
          <th>Last answer</th>
          <th class="money">Took</th>
        </tr>
        ${rows}
      </table>
    </div>
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
