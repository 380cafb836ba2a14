import { Select, TextField } from '@shopify/polaris';
import type { Choice, ChoiceKind } from '~/modules/insights/types';
import { goodsScopes } from '~/modules/loyalty/types';
import { ChoicePicker } from '../choice-picker';
import { t } from '../i18n';
import type { GoodsDraft } from './goods-draft';

/** The titles of what was chosen when the page was loaded. */
export type ChosenTitles = Record<ChoiceKind, Choice[]>;

interface GoodsFieldsProps {
  label: string;
  draft: GoodsDraft;
  errors: Partial<Record<keyof GoodsDraft, string>>;
  chosen: ChosenTitles;
  disabled?: boolean;
  change: (changes: Partial<GoodsDraft>) => void;
}

/** Which goods are meant: all, or chosen ones. */
export function GoodsFields({ label, draft, errors, chosen, disabled = false, change }: GoodsFieldsProps) {
  return (
    <>
      <Select
        label={label}
        options={goodsScopes.map((value) => ({ value, label: t(`campaigns.scope.${value}`) }))}
        value={draft.scope}
        disabled={disabled}
        onChange={(value) => change({ scope: goodsScopes.find((scope) => scope === value) ?? 'all' })}
      />
      {draft.scope === 'tags' && (
        <TextField
          name="tags"
          label={t('campaigns.form.tags')}
          helpText={t('campaigns.form.tagsHelp')}
          autoComplete="off"
          disabled={disabled}
          value={draft.tags}
          error={errors.tags}
          onChange={(tags) => change({ tags })}
        />
      )}
      {draft.scope === 'products' && (
        <ChoicePicker
          kind="products"
          label={t('campaigns.form.products')}
          error={errors.productIds}
          selected={draft.productIds}
          known={chosen.products}
          onChange={(productIds) => change({ productIds })}
        />
      )}
      {draft.scope === 'collections' && (
        <ChoicePicker
          kind="collections"
          label={t('campaigns.form.collections')}
          helpText={t('campaigns.form.collectionsHelp')}
          error={errors.collectionIds}
          selected={draft.collectionIds}
          known={chosen.collections}
          onChange={(collectionIds) => change({ collectionIds })}
        />
      )}
    </>
  );
}
