import { computeOrderTotals, lineShare, refundedQuantity } from '../state/order-totals';
import type { Fulfillment, Order, Refund, Shop } from '../state/model';
import { orderStatusUrl } from '../links';
import { StoreError, type Happening, type Store } from '../store';
import { findVariant } from '../webhooks/payloads/common';
import { fulfillmentPayload, orderPayload, refundPayload } from '../webhooks/payloads/order';
import { toGid } from '../state/ids';
import { getLine, getOrder } from './find';

export function emitOrder(store: Store, shop: Shop, order: Order, happening: Happening, topic: string): void {
  order.updatedAt = happening.at;
  happening.emit(topic, orderPayload(shop, order, orderStatusUrl(store, shop, order)));
}

export interface RefundRequest {
  readonly lines?: readonly { readonly lineId: bigint; readonly quantity: number }[] | undefined;
  readonly shipping?: boolean | undefined;
  /** Cents given back without a line. */
  readonly amount?: number | undefined;
  readonly note?: string | null | undefined;
}

export function refundOrder(store: Store, shop: Shop, id: bigint, request: RefundRequest): Refund {
  const order = getOrder(shop, id);
  const happening = store.begin(shop);
  const refund = addRefund(store, shop, order, happening, request);
  happening.emit('refunds/create', refundPayload(shop, order, refund));
  emitOrder(store, shop, order, happening, 'orders/updated');
  return refund;
}

/** Gives a share of everything back: whole pieces where the share is 1, else an amount without lines. */
export function refundShare(store: Store, shop: Shop, id: bigint, share: number): Refund {
  const order = getOrder(shop, id);
  if (share < 1) return refundOrder(store, shop, id, { amount: Math.round(order.paid * share) });
  return refundOrder(store, shop, id, { lines: refundableLines(order), shipping: true });
}

function refundableLines(order: Order): { lineId: bigint; quantity: number }[] {
  return order.lines
    .map((line) => ({ lineId: line.id, quantity: line.currentQuantity }))
    .filter(({ quantity }) => quantity > 0);
}

function addRefund(
  store: Store,
  shop: Shop,
  order: Order,
  happening: Happening,
  request: RefundRequest,
): Refund {
  const lines = (request.lines ?? []).map(({ lineId, quantity }) => {
    const line = getLine(order, lineId);
    if (quantity > line.currentQuantity) {
      throw new StoreError(`Line ${lineId} has ${line.currentQuantity} left to refund, not ${quantity}.`);
    }
    const before = refundedQuantity(order, lineId);
    // The difference of two running totals, so that refunds of single pieces add up to the line's price.
    return {
      id: store.takeId('RefundLineItem'),
      lineId,
      quantity,
      subtotal: lineShare(line, before + quantity) - lineShare(line, before),
    };
  });
  const totals = computeOrderTotals(shop, order);
  const shippingLeft = order.shipping - order.refunds.reduce((sum, refund) => sum + refund.shipping, 0);
  const shipping = request.shipping === true ? shippingLeft : 0;
  const left = order.paid - totals.refunded - lines.reduce((sum, line) => sum + line.subtotal, 0) - shipping;
  const adjustment = request.amount ?? 0;
  if (adjustment > 0 && adjustment > left)
    throw new StoreError(`Only ${left} cents are left to refund on order #${order.number}.`);
  const refund: Refund = {
    id: store.takeId('Refund'),
    transactionId: store.takeId('OrderTransaction'),
    adjustmentId: store.takeId('OrderAdjustment'),
    note: request.note ?? null,
    lines,
    shipping,
    // Money already given back as goodwill is not given back again with the lines.
    adjustment: left < 0 ? left : adjustment,
    amount: lines.reduce((sum, line) => sum + line.subtotal, 0) + shipping + (left < 0 ? left : adjustment),
    createdAt: happening.at,
  };
  for (const { lineId, quantity } of lines) getLine(order, lineId).currentQuantity -= quantity;
  order.refunds.push(refund);
  return refund;
}

export function cancelOrder(store: Store, shop: Shop, id: bigint, reason: string, refund: boolean): Order {
  const order = getOrder(shop, id);
  if (order.cancelledAt !== null)
    throw new StoreError(`Order #${order.number} has been cancelled already.`, 409);
  const happening = store.begin(shop);
  const given = refund
    ? addRefund(store, shop, order, happening, { lines: refundableLines(order), shipping: true })
    : null;
  order.cancelledAt = happening.at;
  order.cancelReason = reason;
  order.closedAt = happening.at;
  if (given !== null) happening.emit('refunds/create', refundPayload(shop, order, given));
  emitOrder(store, shop, order, happening, 'orders/cancelled');
  emitOrder(store, shop, order, happening, 'orders/updated');
  return order;
}

export function fulfilOrder(store: Store, shop: Shop, id: bigint): Order {
  const order = getOrder(shop, id);
  const open = order.lines.filter((line) => line.currentQuantity > line.fulfilledQuantity);
  if (open.length === 0) throw new StoreError(`Order #${order.number} has nothing left to send.`, 409);
  const happening = store.begin(shop);
  const fulfillment: Fulfillment = {
    id: store.takeId('Fulfillment'),
    name: `#${order.number}.${order.fulfillments.length + 1}`,
    lines: open.map((line) => ({
      id: store.takeId('FulfillmentLineItem'),
      lineId: line.id,
      quantity: line.currentQuantity - line.fulfilledQuantity,
    })),
    trackingNumber: `JD${order.number}${order.fulfillments.length + 1}`,
    trackingCompany: 'DHL Express',
    deliveredAt: null,
    createdAt: happening.at,
    updatedAt: happening.at,
  };
  for (const line of open) line.fulfilledQuantity = line.currentQuantity;
  order.fulfillments.push(fulfillment);
  happening.emit('fulfillments/create', fulfillmentPayload(shop, order, fulfillment));
  emitOrder(store, shop, order, happening, 'orders/fulfilled');
  emitOrder(store, shop, order, happening, 'orders/updated');
  return order;
}

/** The parcel has arrived. */
export function deliverOrder(store: Store, shop: Shop, id: bigint): Order {
  const order = getOrder(shop, id);
  const fulfillment = order.fulfillments.at(-1);
  if (fulfillment === undefined) throw new StoreError(`Order #${order.number} has not been sent yet.`, 409);
  const happening = store.begin(shop);
  fulfillment.deliveredAt = happening.at;
  fulfillment.updatedAt = happening.at;
  happening.emit('fulfillments/update', fulfillmentPayload(shop, order, fulfillment));
  emitOrder(store, shop, order, happening, 'orders/updated');
  return order;
}

export interface OrderEdit {
  readonly setQuantities?: readonly { readonly lineId: bigint; readonly quantity: number }[] | undefined;
  readonly add?: readonly { readonly variantId: bigint; readonly quantity: number }[] | undefined;
}

export function editOrder(store: Store, shop: Shop, id: bigint, edit: OrderEdit): Order {
  const order = getOrder(shop, id);
  const happening = store.begin(shop);
  const removals = (edit.setQuantities ?? []).map(({ lineId, quantity }) => {
    const line = getLine(order, lineId);
    if (quantity > line.currentQuantity)
      throw new StoreError('An edit lowers a line; add the variant to raise it.');
    const delta = line.currentQuantity - quantity;
    line.currentQuantity = quantity;
    return { id: lineId, delta };
  });
  const additions = (edit.add ?? []).map(({ variantId, quantity }) => {
    const found = findVariant(shop, variantId);
    if (found === null) throw new StoreError(`${shop.domain} has no variant ${variantId}.`, 404);
    const { product, variant } = found;
    const lineId = store.takeId('LineItem');
    order.lines.push({
      id: lineId,
      productId: product.id,
      variantId,
      title: product.title,
      variantTitle: variant.title,
      sku: variant.sku,
      vendor: product.vendor,
      price: variant.price,
      quantity,
      currentQuantity: quantity,
      fulfilledQuantity: 0,
      discount: 0,
    });
    return { id: lineId, delta: quantity };
  });
  order.edited = true;
  const editId = store.takeId('OrderEdit');
  happening.emit('orders/edited', {
    order_edit: {
      id: editId,
      app_id: null,
      created_at: happening.at,
      notify_customer: false,
      order_id: order.id,
      staff_note: '',
      user_id: null,
      committed_at: happening.at,
      line_items: { additions, removals },
      discounts: { line_item: { additions: [], removals: [] } },
      shipping_lines: { additions: [], removals: [] },
    },
  });
  emitOrder(store, shop, order, happening, 'orders/updated');
  return order;
}

export function deleteOrder(store: Store, shop: Shop, id: bigint): void {
  const order = getOrder(shop, id);
  shop.orders = shop.orders.filter((candidate) => candidate.id !== id);
  store.begin(shop).emit('orders/delete', { id: order.id, admin_graphql_api_id: toGid('Order', order.id) });
}
