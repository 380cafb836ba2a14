import { z } from 'zod';
import type { DiscountFact } from '~/modules/loyalty/types';

const schema = z.object({ admin_graphql_api_id: z.string() });

/**
 * `discounts/update` and `discounts/delete`, of which this is read alone. Automatic discounts have ids of their own, and none is
 * ours.
 */
export function readDiscount(payload: unknown): DiscountFact[] {
  const { admin_graphql_api_id: gid } = schema.parse(payload);
  const id = /^gid:\/\/shopify\/DiscountCodeNode\/(\d+)$/.exec(gid)?.[1];
  return id === undefined ? [] : [{ discountId: BigInt(id) }];
}
