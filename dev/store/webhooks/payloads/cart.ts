import { formatCents } from '../../state/money';
import type { Cart, CartLine, Shop } from '../../state/model';
import { attributePayload, findVariant, moneySet } from './common';

function cartLinePayload(shop: Shop, line: CartLine) {
  const found = findVariant(shop, line.variantId);
  if (found === null) return [];
  const { product, variant } = found;
  return [
    {
      id: variant.id,
      properties: {},
      quantity: line.quantity,
      variant_id: variant.id,
      key: `${variant.id.toString()}:line`,
      discounted_price: formatCents(variant.price),
      discounts: [],
      gift_card: false,
      grams: 0,
      line_price: formatCents(variant.price * line.quantity),
      original_line_price: formatCents(variant.price * line.quantity),
      original_price: formatCents(variant.price),
      price: formatCents(variant.price),
      price_set: moneySet(shop, variant.price),
      product_id: product.id,
      sku: variant.sku,
      taxable: true,
      title: `${product.title} - ${variant.title}`,
      total_discount: '0.00',
      vendor: product.vendor,
    },
  ];
}

/** A cart knows no customer; its id is its token. */
export function cartPayload(shop: Shop, cart: Cart) {
  return {
    id: cart.token,
    token: cart.token,
    line_items: cart.lines.flatMap((line) => cartLinePayload(shop, line)),
    note: '',
    note_attributes: attributePayload(cart.attributes),
    updated_at: cart.updatedAt,
    created_at: cart.createdAt,
  };
}
