import { z } from 'zod';
import { goodsScopes } from '~/modules/loyalty/types';
import { t } from '../i18n';

// A list of goods as it stands in the fields of a form, and what it means.

const ids = z.array(z.string().regex(/^\d{1,18}$/)).max(250);
export const goodsDraftShape = {
  scope: z.enum(goodsScopes),
  productIds: ids,
  collectionIds: ids,
  tags: z.string(),
};

export type GoodsDraft = z.infer<z.ZodObject<typeof goodsDraftShape>>;

/** Marks the field in which nothing is named. */
export function checkGoods(
  { scope, productIds, collectionIds, tags }: GoodsDraft,
  ctx: z.RefinementCtx,
): void {
  const missing = (path: string, message: string) => ctx.addIssue({ code: 'custom', path: [path], message });
  if (scope === 'products' && productIds.length === 0)
    missing('productIds', t('campaigns.form.productsMissing'));
  if (scope === 'collections' && collectionIds.length === 0)
    missing('collectionIds', t('campaigns.form.collectionsMissing'));
  if (scope === 'tags' && splitTags(tags).length === 0) missing('tags', t('campaigns.form.tagsMissing'));
}

/** The list as the rules take it. */
export function fromGoodsDraft({ scope, productIds, collectionIds, tags }: GoodsDraft) {
  return {
    scope,
    productIds: scope === 'products' ? productIds.map(BigInt) : [],
    collectionIds: scope === 'collections' ? collectionIds.map(BigInt) : [],
    tags: scope === 'tags' ? splitTags(tags) : [],
  };
}

function splitTags(text: string): string[] {
  const tags = text.split(',').map((tag) => tag.trim());
  return [...new Set(tags.filter((tag) => tag !== ''))];
}
