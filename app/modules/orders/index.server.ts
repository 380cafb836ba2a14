export { applyFulfillmentFacts } from './apply-fulfillment-facts.server';
export { applyOrderDeletions } from './apply-order-deletions.server';
export { applyOrderFacts } from './apply-order-facts.server';
export { applyProductFacts } from './apply-product-facts.server';
export { applyRefundFacts } from './apply-refund-facts.server';
export { listOrderMoney } from './list-order-money.server';
