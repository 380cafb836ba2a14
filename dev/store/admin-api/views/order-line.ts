import { toGid } from '../../state/ids';
import { computeTax, lineTotal } from '../../state/order-totals';
import type { Order, OrderLine } from '../../state/model';
import type { ApiContext, Arguments, View } from '../context';
import { moneyBagView, moneyView } from './money';
import { productView, variantView } from './product';

export function discountView(api: ApiContext, order: Order): View | null {
  if (order.discount === null) return null;
  const { code, kind, value } = order.discount;
  return {
    __typename: 'DiscountCodeApplication',
    code,
    index: 0,
    allocationMethod: kind === 'free_shipping' ? 'EACH' : 'ACROSS',
    targetSelection: 'ALL',
    targetType: kind === 'free_shipping' ? 'SHIPPING_LINE' : 'LINE_ITEM',
    value:
      kind === 'fixed_amount'
        ? moneyView(api.shop, value)
        : { __typename: 'PricingPercentageValue', percentage: value },
  };
}

function taxLineViews(api: ApiContext, amount: number): View[] {
  const { taxPercent } = api.shop;
  if (taxPercent === 0) return [];
  const price = moneyBagView(api.shop, computeTax(api.shop, amount));
  return [
    {
      __typename: 'TaxLine',
      title: 'VAT',
      rate: taxPercent / 100,
      ratePercentage: taxPercent,
      priceSet: price,
    },
  ];
}

export function shippingLineView(api: ApiContext, order: Order): View {
  const price = moneyBagView(api.shop, order.shipping);
  return {
    __typename: 'ShippingLine',
    id: toGid('ShippingLine', order.id),
    title: 'Standard',
    code: 'Standard',
    source: 'shopify',
    custom: false,
    isRemoved: false,
    originalPriceSet: price,
    discountedPriceSet: price,
    discountAllocations: [],
  };
}

export function lineView(api: ApiContext, order: Order, line: OrderLine): View {
  const bag = (cents: number) => moneyBagView(api.shop, cents);
  const product = api.shop.products.find(({ id }) => id === line.productId);
  const variant = product?.variants.find(({ id }) => id === line.variantId);
  const allocation = {
    __typename: 'DiscountAllocation',
    allocatedAmount: moneyView(api.shop, line.discount),
    allocatedAmountSet: bag(line.discount),
    discountApplication: discountView(api, order),
  };
  return {
    __typename: 'LineItem',
    id: toGid('LineItem', line.id),
    title: line.title,
    variantTitle: line.variantTitle,
    name: `${line.title} - ${line.variantTitle}`,
    sku: line.sku,
    vendor: line.vendor,
    quantity: line.quantity,
    currentQuantity: line.currentQuantity,
    refundableQuantity: line.currentQuantity,
    unfulfilledQuantity: Math.max(0, line.currentQuantity - line.fulfilledQuantity),
    fulfillableQuantity: Math.max(0, line.currentQuantity - line.fulfilledQuantity),
    requiresShipping: true,
    taxable: true,
    isGiftCard: false,
    customAttributes: [],
    originalUnitPriceSet: bag(line.price),
    originalTotalSet: bag(line.price * line.quantity),
    discountedUnitPriceSet: bag(line.price),
    discountedTotalSet: ({ withCodeDiscounts }: Arguments) =>
      bag(withCodeDiscounts === true ? lineTotal(line) : line.price * line.quantity),
    totalDiscountSet: bag(0),
    discountAllocations: line.discount === 0 ? [] : [allocation],
    taxLines: taxLineViews(api, lineTotal(line)),
    product: product === undefined ? null : () => productView(api, product),
    variant: product === undefined || variant === undefined ? null : () => variantView(api, product, variant),
  };
}
