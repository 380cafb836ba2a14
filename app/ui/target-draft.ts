import { z } from 'zod';
import { t } from './i18n';

const ids = z.array(z.string().regex(/^\d{1,18}$/)).max(250);

/** The fields of a draft that say which goods something is for. */
export const targetShape = { productIds: ids, collectionIds: ids, tags: z.string() };

export type TargetDraft = z.infer<z.ZodObject<typeof targetShape>>;
export type Target = 'products' | 'collections' | 'tags' | 'all';

/** Marks the field of the target when nothing stands in it. */
export function requireTarget(target: Target, draft: TargetDraft, context: z.RefinementCtx): void {
  if (target === 'products' && draft.productIds.length === 0)
    context.addIssue({ code: 'custom', path: ['productIds'], message: t('targets.productsMissing') });
  if (target === 'collections' && draft.collectionIds.length === 0)
    context.addIssue({ code: 'custom', path: ['collectionIds'], message: t('targets.collectionsMissing') });
  if (target === 'tags' && splitTags(draft.tags).length === 0)
    context.addIssue({ code: 'custom', path: ['tags'], message: t('targets.tagsMissing') });
}

/** Tags as people write them into one field. */
export function splitTags(text: string): string[] {
  const tags = text.split(',').map((tag) => tag.trim());
  return [...new Set(tags.filter((tag) => tag !== ''))];
}
