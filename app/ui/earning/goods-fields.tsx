import { BlockStack, Select } from '@shopify/polaris';
import { goodsScopes } from '~/modules/loyalty/types';
import { t } from '../i18n';
import { TargetFields, type ChosenTitles } from '../target-fields';
import type { GoodsDraft } from './goods-draft';

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
    <BlockStack gap="400">
      <Select
        label={label}
        options={goodsScopes.map((value) => ({ value, label: t(`campaigns.scope.${value}`) }))}
        value={draft.scope}
        disabled={disabled}
        onChange={(value) => change({ scope: goodsScopes.find((scope) => scope === value) ?? 'all' })}
      />
      {!disabled && (
        <TargetFields
          target={draft.scope}
          draft={draft}
          errorOf={(name) => errors[name]}
          chosen={chosen}
          tagsHelp={t('campaigns.form.tagsHelp')}
          collectionsHelp={t('campaigns.form.collectionsHelp')}
          change={change}
        />
      )}
    </BlockStack>
  );
}
