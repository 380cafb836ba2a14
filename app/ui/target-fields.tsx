import { TextField } from '@shopify/polaris';
import type { Choice, ChoiceKind } from '~/modules/insights/types';
import { ChoicePicker } from './choice-picker';
import { t } from './i18n';
import type { Target, TargetDraft } from './target-draft';

/** The titles of what was chosen when the page was loaded. */
export type ChosenTitles = Record<ChoiceKind, Choice[]>;

interface TargetFieldsProps {
  target: Target;
  draft: TargetDraft;
  errorOf: (name: keyof TargetDraft) => string | undefined;
  chosen: ChosenTitles;
  tagsHelp: string;
  collectionsHelp?: string;
  change: (changes: Partial<TargetDraft>) => void;
}

/** Which goods something is for: chosen ones, those of a collection, or those with a tag. */
export function TargetFields(props: TargetFieldsProps) {
  const { target, draft, errorOf, chosen, tagsHelp, collectionsHelp, change } = props;
  if (target === 'tags')
    return (
      <TextField
        label={t('targets.tags')}
        helpText={tagsHelp}
        name="tags"
        autoComplete="off"
        value={draft.tags}
        error={errorOf('tags')}
        onChange={(tags) => change({ tags })}
      />
    );
  if (target === 'products')
    return (
      <ChoicePicker
        kind="products"
        label={t('targets.products')}
        error={errorOf('productIds')}
        selected={draft.productIds}
        known={chosen.products}
        onChange={(productIds) => change({ productIds })}
      />
    );
  if (target === 'collections')
    return (
      <ChoicePicker
        kind="collections"
        label={t('targets.collections')}
        helpText={collectionsHelp}
        error={errorOf('collectionIds')}
        selected={draft.collectionIds}
        known={chosen.collections}
        onChange={(collectionIds) => change({ collectionIds })}
      />
    );
  return null;
}
