export { abandonDueCarts, type AbandonedCart } from './abandon-due-carts.server';
export { applyCheckoutFacts } from './apply-checkout-facts.server';
export { closeCartsByOrders, type ClosedCart } from './close-carts-by-orders.server';
export { creditRecoveries, type Recovery } from './credit-recoveries.server';
export { getCartForMail, listCartsForMail, type CartForMail } from './get-cart-for-mail.server';
export { listShopsWithDueCarts } from './list-shops-with-due-carts.server';
export { repointCarts } from './repoint-carts.server';
