import { formatMoney, formatTime } from '../admin-page/layout';
import { html, type Html } from '../http/html';
import { productImageUrl, shopUrl } from '../links';
import { computeLinesTotal } from '../state/checkout-totals';
import { computeFinancialStatus, computeOrderTotals } from '../state/order-totals';
import type { Cart, CartLine, Customer, Order, Product, Shop } from '../state/model';
import type { Store } from '../store';
import { findVariant } from '../webhooks/payloads/common';

export function gridPage(store: Store, shop: Shop): Html {
  return html`<section class="hero">
      <h1>${shop.tagline}</h1>
      <p>Grown slowly, packed by hand, at your door in two days.</p>
    </section>
    <div class="wrap">
      <div class="products">
        ${shop.products
          .filter(({ status }) => status === 'ACTIVE')
          .map((product) => {
            const prices = product.variants.map(({ price }) => price);
            return html`<a href="/shop/${shop.domain}/products/${product.handle}">
              <img src="${productImageUrl(store, shop, product)}" alt="${product.title}" loading="lazy" />
              <h3>${product.title}</h3>
              <p>${prices.length > 1 && 'from '}${formatMoney(shop, Math.min(...prices))}</p></a
            >`;
          })}
      </div>
    </div>`;
}

/** `points` is the app's block below the form, where a merchant would place it. */
export function productPage(store: Store, shop: Shop, product: Product, points: Html): Html {
  return html`<div class="wrap product">
    <img src="${productImageUrl(store, shop, product)}" alt="${product.title}" />
    <div>
      <p class="muted">${product.productType}</p>
      <h1>${product.title}</h1>
      <p>${product.description}</p>
      <form method="post" action="/shop/${shop.domain}/cart/add">
        <label class="field"
          >Choose
          <select name="id">
            ${product.variants.map((variant) => html`<option value="${variant.id.toString()}">${variant.title} – ${formatMoney(shop, variant.price)}</option>`)}
          </select></label
        >
        <label class="field"
          >Quantity <input type="number" name="quantity" value="1" min="1" max="99"
        /></label>
        <button class="wide">Add to cart</button>
      </form>
      ${points}
      <p class="muted">Prices include tax. Shipping is shown at checkout.</p>
    </div>
  </div>`;
}

/** A page a merchant made for the app's block. */
export function loyaltyPage(shop: Shop, programme: Html): Html {
  const languages = { en: 'English', de: 'Deutsch', fr: 'Français' };
  return html`<div class="wrap" style="max-width:820px">
    <h1>Our regulars</h1>
    ${programme}
    <p class="muted">
      The app’s block in
      ${Object.entries(languages).map(([locale, name], index) => html`${index > 0 && ', '}<a href="/shop/${shop.domain}/pages/loyalty?locale=${locale}" lang="${locale}">${name}</a>`)}
    </p>
  </div>`;
}

function lineRow(store: Store, shop: Shop, line: CartLine): Html {
  const found = findVariant(shop, line.variantId);
  if (found === null) return html``;
  const { product, variant } = found;
  return html`<div class="line">
    <img src="${productImageUrl(store, shop, product)}" alt="" />
    <div>
      ${product.title}<small>${variant.title}</small>
      <form method="post" action="/shop/${shop.domain}/cart/remove">
        <input type="hidden" name="variantId" value="${variant.id.toString()}" /><button class="plain">
          Remove
        </button>
      </form>
    </div>
    <div>${line.quantity} × ${formatMoney(shop, variant.price)}</div>
  </div>`;
}

export function cartPage(store: Store, shop: Shop, cart: Cart | null): Html {
  if (cart === null || cart.lines.length === 0) {
    return html`<div class="wrap">
      <h1>Your cart is empty</h1>
      <p><a class="button" href="/shop/${shop.domain}">Find something green</a></p>
    </div>`;
  }
  return html`<div class="wrap" style="max-width:820px">
    <h1>Your cart</h1>
    ${cart.lines.map((line) => lineRow(store, shop, line))}
    <div class="sum total">
      <span>Subtotal</span><span>${formatMoney(shop, computeLinesTotal(shop, cart.lines))}</span>
    </div>
    <form method="post" action="/shop/${shop.domain}/checkout"><button class="wide">Check out</button></form>
  </div>`;
}

export function loginPage(shop: Shop, problem: string | null): Html {
  return html`<div class="wrap" style="max-width:520px">
    <h1>Log in</h1>
    <p class="muted">
      A demo: the e-mail is enough. Try
      ${shop.customers.slice(0, 3).map(({ email }, index) => html`${index > 0 && ', '}<b>${email ?? ''}</b>`)}.
    </p>
    ${problem !== null && html`<p class="error">${problem}</p>`}
    <form method="post" action="/shop/${shop.domain}/account/login">
      <label class="field">E-mail <input name="email" type="email" required autocomplete="email" /></label
      ><button class="wide">Log in</button>
    </form>
  </div>`;
}

function orderRows(shop: Shop, orders: readonly Order[]): Html {
  return html`${[...orders].reverse().map(
    (order) =>
      html`<div class="sum">
        <a href="/shop/${shop.domain}/orders/${order.id.toString()}">#${order.number}</a>
        <span class="muted">${formatTime(shop, order.createdAt)}</span>
        <span>${formatMoney(shop, computeOrderTotals(shop, order).total)}</span>
      </div>`,
  )}`;
}

export function accountPage(store: Store, shop: Shop, visitor: Customer): Html {
  const orders = shop.orders.filter(({ customerId }) => customerId === visitor.id);
  const subscribed = visitor.consent.state === 'subscribed';
  return html`<div class="wrap" style="max-width:820px">
    <h1>Hello ${visitor.firstName ?? visitor.email ?? ''}</h1>
    <div class="panel">
      <b>Orders</b>${orders.length === 0 ? html`<p class="muted">None yet.</p>` : orderRows(shop, orders)}
    </div>
    <div class="panel">
      <b>News by e-mail</b>
      <p class="muted">${subscribed ? 'You receive our letters.' : 'You do not receive our letters.'}</p>
      <form method="post" action="/shop/${shop.domain}/account/consent">
        <input type="hidden" name="state" value="${subscribed ? 'unsubscribed' : 'subscribed'}" /><button>
          ${subscribed ? 'Unsubscribe' : 'Subscribe'}
        </button>
      </form>
    </div>
    <p>
      <a class="button" href="/shop/${shop.domain}/account/loyalty">Points and rewards</a>
      <a class="button" href="${shopUrl(store, shop)}/pages/loyalty">Loyalty page</a>
    </p>
    <form method="post" action="/shop/${shop.domain}/account/logout">
      <button class="plain">Log out</button>
    </form>
  </div>`;
}

/** Where Shopify shows a full page of an app: below the header, above the footer. */
export function accountAppPage(shop: Shop, hasExtension: boolean): Html {
  return html`<div class="wrap" style="max-width:820px">
    <p><a href="/shop/${shop.domain}/account">Account</a></p>
    ${
      hasExtension
        ? html`<iframe
            class="extension"
            id="extension"
            title="Loyalty"
            src="/shop/${shop.domain}/account/extension"
            allow="clipboard-write"
          ></iframe>`
        : html`<p class="muted">The extension has not been built.</p>`
    }
    <script src="/checkout-page.js"></script>
  </div>`;
}

/** The page after paying, and later that of the order, which alone has room for blocks of apps. */
export function orderPage(
  store: Store,
  shop: Shop,
  order: Order,
  { isNew, hasExtension }: { isNew: boolean; hasExtension: boolean },
): Html {
  const page = `/shop/${shop.domain}/orders/${order.id.toString()}`;
  const totals = computeOrderTotals(shop, order);
  const status = order.cancelledAt === null ? computeFinancialStatus(shop, order) : 'cancelled';
  return html`<div class="wrap" style="max-width:820px">
    ${isNew && html`<div class="tick">✓</div>`}
    <h1>
      ${isNew ? `Thank you${order.address === null ? '' : `, ${order.address.firstName}`}!` : `Order #${order.number}`}
    </h1>
    <p class="muted">
      ${isNew ? `Order #${order.number} is confirmed. A receipt goes to ${order.email ?? 'you'}.` : `${formatTime(shop, order.createdAt)} · ${status.replaceAll('_', ' ')}`}
    </p>
    <div class="panel">
      ${order.lines.map((line) => {
        const product = shop.products.find(({ id }) => id === line.productId);
        return html`<div class="line">
          <img src="${product === undefined ? '' : productImageUrl(store, shop, product)}" alt="" />
          <div>${line.title}<small>${line.variantTitle}</small></div>
          <div>${line.quantity} × ${formatMoney(shop, line.price)}</div>
        </div>`;
      })}
      ${totals.discounts > 0 && html`<div class="sum"><span>Discount ${order.discount?.code ?? ''}</span><span>−${formatMoney(shop, totals.discounts)}</span></div>`}
      <div class="sum">
        <span>Shipping</span
        ><span>${totals.shipping === 0 ? 'Free' : formatMoney(shop, totals.shipping)}</span>
      </div>
      <div class="sum total"><span>Total</span><span>${formatMoney(shop, totals.total)}</span></div>
      ${totals.refunded > 0 && html`<div class="sum muted"><span>Refunded</span><span>−${formatMoney(shop, totals.refunded)}</span></div>`}
    </div>
    ${
      !isNew &&
      hasExtension &&
      html`<iframe class="extension" id="extension" title="Loyalty" src="${page}/extension"></iframe>
        <script src="/checkout-page.js"></script>`
    }
    <p>
      <a class="button" href="/shop/${shop.domain}">Continue shopping</a>
      ${isNew && html`<a class="button" href="${page}">Order status</a>`}
    </p>
  </div>`;
}
