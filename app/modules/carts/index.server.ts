export { abandonDueCarts } from './abandon-due-carts.server';
export { applyCheckoutFacts } from './apply-checkout-facts.server';
export { closeCartsByOrders, type ClosedCart } from './close-carts-by-orders.server';
export { creditRecoveries } from './credit-recoveries.server';
export { getCartForMail, type CartForMail } from './get-cart-for-mail.server';
export { listShopsWithDueCarts } from './list-shops-with-due-carts.server';
