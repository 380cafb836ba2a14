import { formatCents } from '../../state/money';
import type { Shop } from '../../state/model';
import type { View } from '../context';

export function moneyView(shop: Shop, cents: number): View {
  return { __typename: 'MoneyV2', amount: formatCents(cents), currencyCode: shop.currency };
}

export function moneyBagView(shop: Shop, cents: number): View {
  const money = moneyView(shop, cents);
  return { __typename: 'MoneyBag', shopMoney: money, presentmentMoney: money };
}
