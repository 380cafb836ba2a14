// A storefront cart is a checkout that has not begun: the same happens.
export { checkoutsChanged as cartsChanged } from './checkouts-changed.server';
