import { z } from 'zod';
import { goodsScopes } from '~/modules/loyalty/types';
import { splitTags, targetShape } from '../target-draft';

// A list of goods as it stands in the fields of a form, and what it means.

export const goodsDraftShape = { scope: z.enum(goodsScopes), ...targetShape };

export type GoodsDraft = z.infer<z.ZodObject<typeof goodsDraftShape>>;

/** The list as the rules take it. */
export function fromGoodsDraft({ scope, productIds, collectionIds, tags }: GoodsDraft) {
  return {
    scope,
    productIds: scope === 'products' ? productIds.map(BigInt) : [],
    collectionIds: scope === 'collections' ? collectionIds.map(BigInt) : [],
    tags: scope === 'tags' ? splitTags(tags) : [],
  };
}
