import type { Address, Consent, Customer, Shop } from '../state/model';
import { StoreError, type Happening, type Store } from '../store';
import { dataRequestPayload, customerRedactPayload } from '../webhooks/payloads/shop';
import {
  consentPayload,
  customerDeletedPayload,
  customerPayload,
  mergePayload,
  tagsPayload,
} from '../webhooks/payloads/customer';
import { findCustomerByEmail, getCustomer } from './find';

export interface NewCustomer {
  readonly email: string | null;
  readonly firstName?: string | null | undefined;
  readonly lastName?: string | null | undefined;
  readonly phone?: string | null | undefined;
  readonly locale?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly address?: Address | null | undefined;
  readonly consent?: Consent['state'] | undefined;
}

export function addCustomer(store: Store, shop: Shop, happening: Happening, input: NewCustomer): Customer {
  if (input.email !== null && findCustomerByEmail(shop, input.email) !== null) {
    throw new StoreError(`Email ${input.email} has already been taken.`);
  }
  const customer: Customer = {
    id: store.takeId('Customer'),
    email: input.email,
    phone: input.phone ?? null,
    firstName: input.firstName ?? null,
    lastName: input.lastName ?? null,
    locale: input.locale ?? shop.locale,
    note: null,
    tags: [...(input.tags ?? [])],
    consent: { state: 'not_subscribed', optInLevel: 'single_opt_in', updatedAt: null },
    address: input.address ?? null,
    createdAt: happening.at,
    updatedAt: happening.at,
  };
  shop.customers.push(customer);
  happening.emit('customers/create', customerPayload(shop, customer));
  if (customer.tags.length > 0)
    happening.emit('customer.tags_added', tagsPayload(customer, customer.tags, happening.at));
  if (input.consent !== undefined && input.consent !== 'not_subscribed') {
    setConsent(happening, customer, input.consent, 'single_opt_in', happening.at);
  }
  return customer;
}

export function createCustomer(store: Store, shop: Shop, input: NewCustomer): Customer {
  return addCustomer(store, shop, store.begin(shop), input);
}

export interface CustomerChange {
  readonly email?: string | null | undefined;
  readonly firstName?: string | null | undefined;
  readonly lastName?: string | null | undefined;
  readonly phone?: string | null | undefined;
  readonly note?: string | null | undefined;
  readonly locale?: string | undefined;
}

export function updateCustomer(store: Store, shop: Shop, id: bigint, change: CustomerChange): Customer {
  const customer = getCustomer(shop, id);
  const happening = store.begin(shop);
  if (change.email !== undefined) customer.email = change.email;
  if (change.firstName !== undefined) customer.firstName = change.firstName;
  if (change.lastName !== undefined) customer.lastName = change.lastName;
  if (change.phone !== undefined) customer.phone = change.phone;
  if (change.note !== undefined) customer.note = change.note;
  if (change.locale !== undefined) customer.locale = change.locale;
  touchCustomer(shop, customer, happening);
  return customer;
}

export function touchCustomer(shop: Shop, customer: Customer, happening: Happening): void {
  customer.updatedAt = happening.at;
  happening.emit('customers/update', customerPayload(shop, customer));
}

export function setConsent(
  happening: Happening,
  customer: Customer,
  state: Consent['state'],
  optInLevel: Consent['optInLevel'],
  updatedAt: string,
): void {
  customer.consent = { state, optInLevel, updatedAt };
  customer.updatedAt = happening.at;
  happening.emit('customers_email_marketing_consent/update', consentPayload(customer));
}

export function changeConsent(
  store: Store,
  shop: Shop,
  id: bigint,
  state: Consent['state'],
  optInLevel: Consent['optInLevel'],
  updatedAt: string | null,
): Customer {
  const customer = getCustomer(shop, id);
  const happening = store.begin(shop);
  setConsent(happening, customer, state, optInLevel, updatedAt ?? happening.at);
  return customer;
}

export function addTags(store: Store, shop: Shop, id: bigint, tags: readonly string[]): Customer {
  const customer = getCustomer(shop, id);
  const added = tags.filter((tag) => !customer.tags.includes(tag));
  if (added.length === 0) return customer;
  const happening = store.begin(shop);
  customer.tags = [...customer.tags, ...added];
  happening.emit('customer.tags_added', tagsPayload(customer, added, happening.at));
  touchCustomer(shop, customer, happening);
  return customer;
}

export function removeTags(store: Store, shop: Shop, id: bigint, tags: readonly string[]): Customer {
  const customer = getCustomer(shop, id);
  const removed = tags.filter((tag) => customer.tags.includes(tag));
  if (removed.length === 0) return customer;
  const happening = store.begin(shop);
  customer.tags = customer.tags.filter((tag) => !removed.includes(tag));
  happening.emit('customer.tags_removed', tagsPayload(customer, removed, happening.at));
  touchCustomer(shop, customer, happening);
  return customer;
}

export function deleteCustomer(store: Store, shop: Shop, id: bigint): void {
  const customer = getCustomer(shop, id);
  if (shop.orders.some((order) => order.customerId === id))
    throw new StoreError('A customer with orders cannot be deleted.');
  shop.customers = shop.customers.filter((candidate) => candidate.id !== id);
  store.begin(shop).emit('customers/delete', customerDeletedPayload(customer));
}

/** The kept customer takes over orders and tags of the other, who disappears. */
export function mergeCustomers(store: Store, shop: Shop, keptId: bigint, deletedId: bigint): Customer {
  const kept = getCustomer(shop, keptId);
  const deleted = getCustomer(shop, deletedId);
  if (keptId === deletedId) throw new StoreError('A customer cannot be merged with themselves.');
  const happening = store.begin(shop);
  for (const order of shop.orders.filter(({ customerId }) => customerId === deletedId))
    order.customerId = keptId;
  for (const checkout of shop.checkouts.filter(({ customerId }) => customerId === deletedId))
    checkout.customerId = keptId;
  kept.tags = [...new Set([...kept.tags, ...deleted.tags])];
  kept.email ??= deleted.email;
  shop.customers = shop.customers.filter(({ id }) => id !== deletedId);
  happening.emit('customers/merge', mergePayload(keptId, deletedId, store.takeId('Job')));
  happening.emit('customers/delete', customerDeletedPayload(deleted));
  touchCustomer(shop, kept, happening);
  return kept;
}

export function requestCustomerData(store: Store, shop: Shop, id: bigint): void {
  const customer = getCustomer(shop, id);
  const payload = dataRequestPayload(shop, customer, orderIds(shop, id), store.takeId('DataRequest'));
  store.begin(shop).emitAlways('customers/data_request', payload);
}

export function redactCustomer(store: Store, shop: Shop, id: bigint): void {
  const customer = getCustomer(shop, id);
  store.begin(shop).emitAlways('customers/redact', customerRedactPayload(shop, customer, orderIds(shop, id)));
}

function orderIds(shop: Shop, customerId: bigint): bigint[] {
  return shop.orders.filter((order) => order.customerId === customerId).map(({ id }) => id);
}
