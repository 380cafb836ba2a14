import type { Discount, Shop } from './model';

/** One code of a discount, with who used it. */
export interface RedeemCode {
  readonly id: bigint;
  readonly code: string;
  readonly usedBy: string[];
  readonly discount: Discount;
}

/** All codes of a discount, the one it was made with first. */
export function redeemCodesOf(discount: Discount): RedeemCode[] {
  const first = { id: discount.id, code: discount.code, usedBy: discount.usedBy };
  return [first, ...discount.moreCodes].map((code) => ({ ...code, discount }));
}

/** As Shopify calls it: before its start, after its end, or between. */
export function statusOf({ startsAt, endsAt }: Discount, now: Date): 'SCHEDULED' | 'ACTIVE' | 'EXPIRED' {
  if (endsAt !== null && new Date(endsAt) <= now) return 'EXPIRED'; // also one that was switched off before its start
  return new Date(startsAt) > now ? 'SCHEDULED' : 'ACTIVE';
}

/** A code in a shop, in whatever case it is typed. */
export function findRedeemCode(shop: Shop, code: string): RedeemCode | null {
  const wanted = code.toLowerCase();
  for (const discount of shop.discounts)
    for (const held of redeemCodesOf(discount)) if (held.code.toLowerCase() === wanted) return held;
  return null;
}
