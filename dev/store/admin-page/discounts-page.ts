import { html, type Html } from '../http/html';
import type { Discount, Shop } from '../state/model';
import { redeemCodesOf, statusOf } from '../state/discount-codes';
import type { Store } from '../store';
import { formatTime } from './layout';
import { action, badge, listPage, money } from './parts';

/** The shop's discounts with codes, newest first. */
export function discountsPage(store: Store, shop: Shop): Html {
  const rows = [...shop.discounts].reverse().map((discount) => {
    const codes = redeemCodesOf(discount);
    const uses = codes.reduce((total, { usedBy }) => total + usedBy.length, 0);
    const status = statusOf(discount, store.clock.now());
    return html`<tr>
      <td><b>${discount.title}</b></td>
      <td>${badge(status)}</td>
      <td class="money">${codes.length}</td>
      <td class="money">${uses}</td>
      <td>${discount.endsAt === null ? '–' : formatTime(shop, discount.endsAt)}</td>
      <td>${actions(shop, discount, status)}</td>
    </tr>`;
  });
  return listPage('Discounts', ['Discount', 'Status', money('Codes'), money('Uses'), 'Ends', ''], rows);
}

function actions(shop: Shop, { id, startsAt, endsAt }: Discount, status: string): Html {
  const path = `/discounts/${id.toString()}`;
  return html`<span class="row">
    <form class="row" method="post" action="/admin/${shop.domain}${path}/start">
      <input
        type="date"
        name="day"
        required
        value="${startsAt.slice(0, 10)}"
        aria-label="First day"
      /><button>Set start</button>
    </form>
    <form class="row" method="post" action="/admin/${shop.domain}${path}/end">
      <input type="date" name="day" value="${endsAt?.slice(0, 10) ?? ''}" aria-label="Last day" /><button>
        Set end
      </button>
    </form>
    ${status === 'ACTIVE' ? action(shop, `${path}/off`, 'Deactivate') : action(shop, `${path}/on`, 'Activate')}
    ${action(shop, `${path}/delete`, 'Delete', 'danger')}
  </span>`;
}
