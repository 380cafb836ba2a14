import { z } from 'zod';
import type { DiscountDeletedFact } from '~/modules/loyalty/types';

const deletedSchema = z.object({ admin_graphql_api_id: z.string() });

/** `discounts/delete`. Automatic discounts have ids of their own, and none is ours. */
export function readDiscountDeleted(payload: unknown): DiscountDeletedFact[] {
  const { admin_graphql_api_id: gid } = deletedSchema.parse(payload);
  const id = /^gid:\/\/shopify\/DiscountCodeNode\/(\d+)$/.exec(gid)?.[1];
  return id === undefined ? [] : [{ discountId: BigInt(id) }];
}
