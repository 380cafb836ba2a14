import { z } from 'zod';
import { shopUrl } from '../../links';
import { toGid } from '../../state/ids';
import { computeOrderTotals } from '../../state/order-totals';
import type { Customer, Order } from '../../state/model';
import { connect } from '../connection';
import type { ApiContext, Arguments, View } from '../context';
import { search, type Searchable } from '../search-query';
import { addressView } from './address';
import { metafieldFields } from './metafield';
import { moneyView } from './money';
import { listOrders, orderView } from './order';

function ordersOf(api: ApiContext, customer: Customer): Order[] {
  return api.shop.orders.filter(({ customerId }) => customerId === customer.id);
}

/** Orders that were not cancelled, less what was given back. */
function amountSpent(api: ApiContext, customer: Customer): number {
  return ordersOf(api, customer)
    .filter(({ cancelledAt }) => cancelledAt === null)
    .reduce(
      (sum, order) =>
        sum + computeOrderTotals(api.shop, order).total - computeOrderTotals(api.shop, order).refunded,
      0,
    );
}

function optInLevel(customer: Customer): string | null {
  return customer.consent.optInLevel?.toUpperCase() ?? null;
}

function emailView(api: ApiContext, customer: Customer): View | null {
  if (customer.email === null) return null;
  return {
    __typename: 'CustomerEmailAddress',
    emailAddress: customer.email,
    marketingState: customer.consent.state === 'redacted' ? 'INVALID' : customer.consent.state.toUpperCase(),
    marketingOptInLevel: optInLevel(customer),
    marketingUpdatedAt: customer.consent.updatedAt,
    marketingUnsubscribeUrl: `${shopUrl(api.store, api.shop)}/unsubscribe?customer=${customer.id}`,
    openTrackingLevel: 'UNKNOWN',
    validFormat: true,
  };
}

export function customerView(api: ApiContext, customer: Customer): View {
  const gid = toGid('Customer', customer.id);
  const name = [customer.firstName, customer.lastName].filter((part) => part !== null).join(' ');
  return {
    __typename: 'Customer',
    id: gid,
    legacyResourceId: customer.id.toString(),
    firstName: customer.firstName,
    lastName: customer.lastName,
    displayName: name || customer.email || customer.phone || 'Customer',
    email: customer.email,
    phone: customer.phone,
    defaultEmailAddress: emailView(api, customer),
    defaultPhoneNumber:
      customer.phone === null ? null : { __typename: 'CustomerPhoneNumber', phoneNumber: customer.phone },
    emailMarketingConsent:
      customer.email === null
        ? null
        : {
            __typename: 'CustomerEmailMarketingConsentState',
            marketingState: customer.consent.state.toUpperCase(),
            marketingOptInLevel: optInLevel(customer),
            consentUpdatedAt: customer.consent.updatedAt,
          },
    smsMarketingConsent: null,
    locale: customer.locale,
    note: customer.note,
    state: 'DISABLED',
    tags: customer.tags,
    taxExempt: false,
    verifiedEmail: true,
    dataSaleOptOut: false,
    productSubscriberStatus: 'NEVER_SUBSCRIBED',
    numberOfOrders: () => ordersOf(api, customer).length.toString(),
    amountSpent: () => moneyView(api.shop, amountSpent(api, customer)),
    lastOrder: () => {
      const last = ordersOf(api, customer).at(-1);
      return last === undefined ? null : orderView(api, last);
    },
    orders: (args: Arguments) => listOrders(api, args, ordersOf(api, customer)),
    defaultAddress: addressView(customer.address, customer.id),
    addresses: customer.address === null ? [] : [addressView(customer.address, customer.id)],
    addressesV2: (args: Arguments) => {
      const { address } = customer;
      return connect(
        api,
        'MailingAddress',
        args,
        address === null ? [] : [{ id: customer.id, address }],
        (item) => ({
          ...addressView(item.address, item.id),
          __typename: 'MailingAddress',
        }),
      );
    },
    createdAt: customer.createdAt,
    updatedAt: customer.updatedAt,
    ...metafieldFields(api, gid, 'CUSTOMER'),
  };
}

const listSchema = z.object({ query: z.string().nullish(), sortKey: z.string().nullish() });

const FILTERS: Readonly<Record<string, (customer: Customer) => Searchable>> = {
  id: ({ id }) => id,
  email: ({ email }) => email,
  phone: ({ phone }) => phone,
  first_name: ({ firstName }) => firstName,
  last_name: ({ lastName }) => lastName,
  tag: ({ tags }) => tags,
  accepts_marketing: ({ consent }) => consent.state === 'subscribed',
  customer_date: ({ createdAt }) => new Date(createdAt),
  created_at: ({ createdAt }) => new Date(createdAt),
  updated_at: ({ updatedAt }) => new Date(updatedAt),
};

export function listCustomers(api: ApiContext, args: Arguments): View {
  const { query, sortKey } = listSchema.parse(args);
  const found = search(api.shop.customers, query ?? null, FILTERS);
  if (sortKey === 'UPDATED_AT') found.sort((a, b) => a.updatedAt.localeCompare(b.updatedAt));
  return connect(api, 'Customer', args, found, (customer) => customerView(api, customer));
}
