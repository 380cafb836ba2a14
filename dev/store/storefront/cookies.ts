import type { Request, Response } from 'express';
import type { Customer, Shop } from '../state/model';

function cookieName(shop: Shop, what: string): string {
  return `${what}_${shop.id.toString()}`;
}

function readCookie(request: Request, name: string): string | null {
  for (const pair of (request.get('cookie') ?? '').split(';')) {
    const [key = '', value = ''] = pair.trim().split('=');
    if (key === name && value !== '') return decodeURIComponent(value);
  }
  return null;
}

export function readCartToken(request: Request, shop: Shop): string | null {
  const token = readCookie(request, cookieName(shop, 'cart'));
  return token !== null && shop.carts.some((cart) => cart.token === token) ? token : null;
}

export function writeCartToken(response: Response, shop: Shop, token: string): void {
  response.cookie(cookieName(shop, 'cart'), token, { path: '/', httpOnly: true });
}

/** The customer who is logged in on this browser. */
export function readVisitor(request: Request, shop: Shop): Customer | null {
  const id = readCookie(request, cookieName(shop, 'customer'));
  return shop.customers.find((customer) => customer.id.toString() === id) ?? null;
}

export function writeVisitor(response: Response, shop: Shop, customer: Customer | null): void {
  if (customer === null) response.clearCookie(cookieName(shop, 'customer'), { path: '/' });
  else response.cookie(cookieName(shop, 'customer'), customer.id.toString(), { path: '/', httpOnly: true });
}
