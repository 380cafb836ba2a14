import { z } from 'zod';
import { acrossShops } from '~/platform/db/index.server';
import { remember } from '~/platform/remember.server';
import { shopStatuses, type ShopStatus } from './types';

export interface ShopKey {
  id: number;
  status: ShopStatus;
}

declare global {
  interface PerennialSingletons {
    shopKeys: Map<string, { key: ShopKey; readAt: number }>;
  }
}

const freshForMs = 5_000;
const maxKept = 10_000;
const statusSchema = z.enum(shopStatuses);
const kept = remember('shopKeys', () => new Map<string, { key: ShopKey; readAt: number }>());

/**
 * Id and status of the shop of a domain, null when there is none. Kept for 5 seconds (another process may have changed
 * the status meanwhile); "there is none" is never kept, because the next thing that happens is the install.
 */
export async function findShopByDomain(domain: string): Promise<ShopKey | null> {
  const name = domain.toLowerCase();
  const known = kept.get(name);
  if (known && performance.now() - known.readAt < freshForMs) return known.key;
  const row = await acrossShops((db) =>
    db.shop.findUnique({ where: { domain: name }, select: { id: true, status: true } }),
  );
  if (!row) {
    kept.delete(name);
    return null;
  }
  const key = { id: row.id, status: statusSchema.parse(row.status) };
  if (kept.size >= maxKept) kept.clear();
  kept.set(name, { key, readAt: performance.now() });
  return key;
}

/** Called by what changes a shop, so that this process sees it at once. */
export function forgetShop(domain: string): void {
  kept.delete(domain.toLowerCase());
}
