import type { Customer, Shop } from '../../state/model';

export function shopPayload(shop: Shop) {
  return {
    id: shop.id,
    name: shop.name,
    email: shop.email,
    domain: shop.domain,
    myshopify_domain: shop.domain,
    country: shop.countryCode,
    country_code: shop.countryCode,
    country_name: shop.countryName,
    currency: shop.currency,
    timezone: shop.ianaTimezone,
    iana_timezone: shop.ianaTimezone,
    shop_owner: shop.ownerName,
    plan_display_name: shop.planName,
    plan_name: shop.planName.toLowerCase(),
    primary_locale: shop.locale,
    created_at: shop.createdAt,
    updated_at: shop.updatedAt,
  };
}

function identity(shop: Shop) {
  return { shop_id: shop.id, shop_domain: shop.domain };
}

function person(customer: Customer) {
  return { id: customer.id, email: customer.email, phone: customer.phone };
}

export function dataRequestPayload(
  shop: Shop,
  customer: Customer,
  orderIds: readonly bigint[],
  requestId: bigint,
) {
  return {
    ...identity(shop),
    orders_requested: orderIds,
    customer: person(customer),
    data_request: { id: requestId },
  };
}

export function customerRedactPayload(shop: Shop, customer: Customer, orderIds: readonly bigint[]) {
  return { ...identity(shop), customer: person(customer), orders_to_redact: orderIds };
}

export function shopRedactPayload(shop: Shop) {
  return identity(shop);
}
