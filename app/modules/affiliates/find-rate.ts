import type { Rate } from './types';

/** Which of these rates a product earns by: the place of the first that fits, in the merchant's order; null for none. */
export function findRate(rates: Rate[], product: { id: bigint | null; tags: string[] }): number | null {
  const tags = new Set(product.tags.map((tag) => tag.toLowerCase()));
  const found = rates.findIndex(({ on, targets }) =>
    on === 'tags'
      ? targets.some((tag) => tags.has(tag))
      : product.id !== null && targets.includes(product.id.toString()),
  );
  return found < 0 ? null : found;
}
