import { toGid } from '../../state/ids';
import type { GiftCard } from '../../state/model';
import { badRequest, connect } from '../connection';
import type { ApiContext, Arguments, View } from '../context';
import { customerView } from './customer';
import { moneyView } from './money';

export function giftCardView(api: ApiContext, card: GiftCard): View {
  const customer = api.shop.customers.find(({ id }) => id === card.customerId);
  const end = card.code.slice(-4);
  return {
    __typename: 'GiftCard',
    id: toGid('GiftCard', card.id),
    balance: moneyView(api.shop, card.balance),
    initialValue: moneyView(api.shop, card.value),
    enabled: card.deactivatedAt === null,
    deactivatedAt: card.deactivatedAt,
    expiresOn: card.expiresOn,
    note: card.note,
    lastCharacters: end,
    maskedCode: `•••• •••• •••• ${end}`,
    customer: customer === undefined ? null : customerView(api, customer),
    createdAt: card.createdAt,
    updatedAt: card.updatedAt,
  };
}

/** `giftCards`: all, or those whose code is the text that is searched for. */
export function listGiftCards(api: ApiContext, args: Arguments): View {
  const query = typeof args['query'] === 'string' ? args['query'].trim() : '';
  if (!/^\w*$/.test(query)) throw badRequest('The stand-in searches gift cards by their whole code only.');
  const found = api.shop.giftCards.filter(({ code }) => query === '' || code === query.toLowerCase());
  return connect(api, 'GiftCard', args, found, (card) => giftCardView(api, card));
}
