import type { Cart, Checkout, Customer, Order, OrderLine, Product, Shop } from '../state/model';
import { StoreError } from '../store';

export function getCustomer(shop: Shop, id: bigint): Customer {
  const found = shop.customers.find((customer) => customer.id === id);
  if (found === undefined) throw new StoreError(`${shop.domain} has no customer ${id}.`, 404);
  return found;
}

export function findCustomerByEmail(shop: Shop, email: string): Customer | null {
  const wanted = email.trim().toLowerCase();
  return shop.customers.find((customer) => customer.email?.toLowerCase() === wanted) ?? null;
}

export function getOrder(shop: Shop, id: bigint): Order {
  const found = shop.orders.find((order) => order.id === id);
  if (found === undefined) throw new StoreError(`${shop.domain} has no order ${id}.`, 404);
  return found;
}

export function getLine(order: Order, id: bigint): OrderLine {
  const found = order.lines.find((line) => line.id === id);
  if (found === undefined) throw new StoreError(`Order #${order.number} has no line ${id}.`, 404);
  return found;
}

export function getProduct(shop: Shop, id: bigint): Product {
  const found = shop.products.find((product) => product.id === id);
  if (found === undefined) throw new StoreError(`${shop.domain} has no product ${id}.`, 404);
  return found;
}

export function getCart(shop: Shop, token: string): Cart {
  const found = shop.carts.find((cart) => cart.token === token);
  if (found === undefined) throw new StoreError('There is no such cart.', 404);
  return found;
}

export function getCheckout(shop: Shop, token: string): Checkout {
  const found = shop.checkouts.find((checkout) => checkout.token === token);
  if (found === undefined) throw new StoreError('There is no such checkout.', 404);
  return found;
}
