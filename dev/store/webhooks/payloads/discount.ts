import { statusOf } from '../../state/discount-codes';
import { toGid } from '../../state/ids';
import type { Discount } from '../../state/model';

/** Shopify tells neither codes nor dates: who wants to know asks for the discount. */
export function discountPayload(discount: Discount, now: Date) {
  return {
    admin_graphql_api_id: toGid('DiscountCodeNode', discount.id),
    title: discount.title,
    status: statusOf(discount, now),
    created_at: discount.createdAt,
    updated_at: discount.updatedAt,
  };
}
