import { formatMoney } from '../admin-page/layout';
import { html, jsonScript, type Html } from '../http/html';
import { productImageUrl } from '../links';
import { computeCheckoutTotals, type CheckoutTotals } from '../state/checkout-totals';
import { computeTax } from '../state/order-totals';
import type { Checkout, CartLine, Shop } from '../state/model';
import type { Store } from '../store';
import { findVariant } from '../webhooks/payloads/common';
import { storeHead } from './layout';

function summaryLine(store: Store, shop: Shop, line: CartLine): Html {
  const found = findVariant(shop, line.variantId);
  if (found === null) return html``;
  return html`<div class="line">
    <span class="pic"
      ><img src="${productImageUrl(store, shop, found.product)}" alt="" /><b>${line.quantity}</b></span
    >
    <div>${found.product.title}<small>${found.variant.title}</small></div>
    <div>${formatMoney(shop, found.variant.price * line.quantity)}</div>
  </div>`;
}

function totalsBlock(shop: Shop, totals: CheckoutTotals): Html {
  return html`<div class="sum"><span>Subtotal</span><span>${formatMoney(shop, totals.lines)}</span></div>
    ${totals.discount > 0 && html`<div class="sum"><span>Discount</span><span>−${formatMoney(shop, totals.discount)}</span></div>`}
    <div class="sum">
      <span>Shipping</span><span>${totals.shipping === 0 ? 'Free' : formatMoney(shop, totals.shipping)}</span>
    </div>
    <div class="sum total"><span>Total</span><span>${formatMoney(shop, totals.total)}</span></div>
    ${shop.taxPercent > 0 && html`<div class="muted">Including ${formatMoney(shop, computeTax(shop, totals.total))} in taxes</div>`}`;
}

export function checkoutPage(
  store: Store,
  shop: Shop,
  checkout: Checkout,
  problem: string | null,
  hasExtension: boolean,
): Html {
  const base = `/shop/${shop.domain}/checkouts/${checkout.token}`;
  const totals = computeCheckoutTotals(shop, checkout, store.clock.now());
  const { address } = checkout;
  return html`<html lang="${checkout.locale}">
    ${storeHead(shop, 'Checkout')}
    <body>
      <div class="checkout">
        <main>
          <a class="name" href="/shop/${shop.domain}">${shop.name}</a>
          ${problem !== null && html`<p class="error">${problem}</p>`}
          <form method="post" action="${base}/pay" id="checkout-form">
            <h2>Contact</h2>
            <label class="field"
              >E-mail
              <input
                name="email"
                type="email"
                required
                autocomplete="email"
                value="${checkout.email ?? ''}"
                ${checkout.loggedIn ? html`readonly` : null}
            /></label>
            <label class="check"
              ><input
                type="checkbox"
                name="acceptsMarketing"
                value="1"
                ${checkout.acceptsMarketing ? html`checked` : null}
              />
              E-mail me with news and offers</label
            >
            <h2>Delivery</h2>
            <div class="two">
              <label class="field"
                >First name <input name="firstName" required value="${address?.firstName ?? ''}" /></label
              ><label class="field"
                >Last name <input name="lastName" required value="${address?.lastName ?? ''}"
              /></label>
            </div>
            <label class="field"
              >Address <input name="address1" required value="${address?.address1 ?? ''}"
            /></label>
            <div class="two">
              <label class="field"
                >Postal code <input name="zip" required value="${address?.zip ?? ''}" /></label
              ><label class="field">City <input name="city" required value="${address?.city ?? ''}" /></label>
            </div>
            ${hasExtension && html`<iframe class="extension" id="extension" title="Loyalty" src="${base}/extension"></iframe>`}
            <h2>Payment</h2>
            <div class="card-box">
              <span>Demo card •••• 4242</span><span class="muted">nobody is charged</span>
            </div>
            <p><button class="wide">Pay now</button></p>
          </form>
          <p class="muted">Leave this page without paying, and the checkout counts as abandoned.</p>
        </main>
        <aside class="summary">
          ${checkout.lines.map((line) => summaryLine(store, shop, line))}
          <form class="code" method="post" action="${base}/discount">
            <input
              name="code"
              placeholder="Discount code"
              aria-label="Discount code"
              value="${checkout.discountCode ?? ''}"
            /><button>Apply</button>
          </form>
          ${totalsBlock(shop, totals)}
        </aside>
      </div>
      ${jsonScript('checkout-data', { url: base })}
      <script src="/checkout-page.js"></script>
    </body>
  </html>`;
}
