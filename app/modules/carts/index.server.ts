export { abandonDueCarts } from './abandon-due-carts.server';
export { applyCheckoutFacts } from './apply-checkout-facts.server';
export { closeCartsByOrders } from './close-carts-by-orders.server';
export { creditRecoveries } from './credit-recoveries.server';
export { getCartForMail, listCartsForMail } from './get-cart-for-mail.server';
export { listAgreements, type Agreement } from './list-agreements.server';
export { listShopsWithDueCarts } from './list-shops-with-due-carts.server';
export { repointCarts } from './repoint-carts.server';
