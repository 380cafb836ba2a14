import { z } from 'zod';
import { t } from './i18n';

const ids = z.array(z.string().regex(/^\d{1,18}$/)).max(250, { error: t('targets.tooMany') });

/** The fields of a draft that say which goods something is for. */
export const targetShape = { productIds: ids, collectionIds: ids, tags: z.string() };

export type TargetDraft = z.infer<z.ZodObject<typeof targetShape>>;
export type Target = 'products' | 'collections' | 'tags' | 'all';

const mostTags = 50;
const longestTag = 255;

/** Marks the field of the target when nothing stands in it, or more than can be kept. */
export function requireTarget(target: Target, draft: TargetDraft, context: z.RefinementCtx): void {
  if (target === 'products' && draft.productIds.length === 0)
    context.addIssue({ code: 'custom', path: ['productIds'], message: t('targets.productsMissing') });
  if (target === 'collections' && draft.collectionIds.length === 0)
    context.addIssue({ code: 'custom', path: ['collectionIds'], message: t('targets.collectionsMissing') });
  if (target === 'tags' && splitTags(draft.tags).length === 0)
    context.addIssue({ code: 'custom', path: ['tags'], message: t('targets.tagsMissing') });
  if (target === 'tags' && isTooMuch(splitTags(draft.tags)))
    context.addIssue({ code: 'custom', path: ['tags'], message: t('targets.tagsTooMany') });
}

function isTooMuch(tags: string[]): boolean {
  return tags.length > mostTags || tags.some((tag) => tag.length > longestTag);
}

/** Tags as people write them into one field. */
export function splitTags(text: string): string[] {
  const tags = text.split(',').map((tag) => tag.trim());
  return [...new Set(tags.filter((tag) => tag !== ''))];
}
