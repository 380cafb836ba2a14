import type { Request } from 'express';
import { parseExact } from '../json/exact-json';

/** Which shop a redirected call of the Shopify library is meant for. */
const SHOP_HEADER = 'x-standin-shop';

export function readShopHeader(request: Request): string {
  return request.get(SHOP_HEADER) ?? '';
}

export function readRawBody(request: Request): Buffer {
  const raw: unknown = request.body;
  return Buffer.isBuffer(raw) ? raw : Buffer.alloc(0);
}

/** A JSON or form body as plain data; an empty or broken body is an empty object. */
export function readBody(request: Request): unknown {
  const text = readRawBody(request).toString('utf8');
  if (
    request.is('application/x-www-form-urlencoded') !== false &&
    request.is('application/x-www-form-urlencoded') !== null
  ) {
    return Object.fromEntries(new URLSearchParams(text));
  }
  if (text === '') return {};
  try {
    return parseExact(text);
  } catch {
    return {};
  }
}

/** One value of the query string. */
export function readQuery(request: Request, name: string): string | null {
  const value: unknown = request.query[name];
  return typeof value === 'string' ? value : null;
}

export function readParam(request: Request, name: string): string {
  return request.params[name] ?? '';
}
