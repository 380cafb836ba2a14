import { html, type Html } from '../http/html';
import type { Shop } from '../state/model';
import { redeemCodesOf } from '../state/discount-codes';
import { formatTime } from './layout';
import { action, listPage, money } from './parts';

/** The shop's discounts with codes, newest first. */
export function discountsPage(shop: Shop): Html {
  const rows = [...shop.discounts].reverse().map((discount) => {
    const codes = redeemCodesOf(discount);
    const uses = codes.reduce((total, { usedBy }) => total + usedBy.length, 0);
    return html`<tr>
      <td><b>${discount.title}</b></td>
      <td class="money">${codes.length}</td>
      <td class="money">${uses}</td>
      <td>${discount.endsAt === null ? '–' : formatTime(shop, discount.endsAt)}</td>
      <td>${action(shop, `/discounts/${discount.id.toString()}/delete`, 'Delete', 'danger')}</td>
    </tr>`;
  });
  return listPage('Discounts', ['Discount', money('Codes'), money('Uses'), 'Ends', ''], rows);
}
