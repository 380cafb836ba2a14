import { html, type Html } from '../http/html';
import { productImageUrl, recoveryUrl } from '../links';
import { computeCheckoutTotals } from '../state/checkout-totals';
import { computeFinancialStatus, computeFulfillmentStatus, computeOrderTotals } from '../state/order-totals';
import type { Order, Shop } from '../state/model';
import type { Store } from '../store';
import { formatMoney, formatTime } from './layout';
import { action, badge, listPage, money, table } from './parts';

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
  const columns = ['Order', 'Date', 'Customer', money('Total'), 'Payment', 'Fulfilment', ''];
  if (rows.length > 0) return listPage('Orders', columns, rows);
  return html`<div class="page">
    <h1>Orders</h1>
    <div class="card table">
      <p style="padding:16px">No orders yet. Buy something in the online store.</p>
    </div>
  </div>`;
}

export function productsPage(store: Store, shop: Shop): Html {
  const rows = shop.products.map((product) => {
    const [first] = product.variants;
    return html`<tr>
      <td><img src="${productImageUrl(store, shop, product)}" alt="" /></td>
      <td>
        <b>${product.title}</b><br /><span class="muted"
          >${product.variants.map(({ title }) => title).join(' · ')}</span
        >
      </td>
      <td>${badge(product.status)}</td>
      <td class="money">${product.variants.reduce((sum, variant) => sum + variant.inventoryQuantity, 0)}</td>
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
  });
  const columns = ['', 'Product', 'Status', money('Inventory'), money('Price'), money('Cost'), ''];
  return listPage('Products', columns, rows);
}

export function customersPage(shop: Shop): Html {
  const columns = ['Name', 'E-mail', 'Marketing', 'Tags', money('Orders'), ''];
  const rows = [...shop.customers].reverse().map((customer) => {
    const path = `/customers/${customer.id.toString()}`;
    return html`<tr>
      <td><b>${customer.firstName ?? ''} ${customer.lastName ?? ''}</b></td>
      <td>${customer.email ?? ''}</td>
      <td>${badge(customer.consent.state)}</td>
      <td>${customer.tags.join(', ')}</td>
      <td class="money">${shop.orders.filter(({ customerId }) => customerId === customer.id).length}</td>
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
  });
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
    ${table(columns, rows)}
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
  return listPage('Abandoned checkouts', ['Last change', 'E-mail', money('Total'), 'Status', ''], rows);
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
  return listPage(
    'Webhook deliveries',
    ['#', 'Topic', 'Triggered', 'Status', 'Attempts', 'Last answer', money('Took')],
    rows,
  );
}
