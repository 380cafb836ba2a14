import { formatCents } from '../../state/money';
import type { Address, Shop } from '../../state/model';

/** Shop and presentment money; the stand-in sells in the shop's currency only. */
export function moneySet(shop: Shop, cents: number) {
  const money = { amount: formatCents(cents), currency_code: shop.currency };
  return { shop_money: money, presentment_money: money };
}

export function addressPayload(address: Address | null) {
  if (address === null) return null;
  return {
    first_name: address.firstName,
    last_name: address.lastName,
    name: `${address.firstName} ${address.lastName}`.trim(),
    company: null,
    address1: address.address1,
    address2: null,
    city: address.city,
    zip: address.zip,
    province: null,
    province_code: null,
    country: address.country,
    country_code: address.countryCode,
    phone: null,
    latitude: null,
    longitude: null,
  };
}

export function findVariant(shop: Shop, variantId: bigint) {
  for (const product of shop.products) {
    const variant = product.variants.find((candidate) => candidate.id === variantId);
    if (variant !== undefined) return { product, variant };
  }
  return null;
}

export function attributePayload(attributes: readonly { name: string; value: string }[]) {
  return attributes.map(({ name, value }) => ({ name, value }));
}
