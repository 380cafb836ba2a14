import { Text } from '@shopify/polaris';
import type { EarnTrigger } from '~/modules/loyalty/types';
import { t } from '../i18n';
import { useFormat } from '../shop-context';
import { findEarnMistakes, toEarnDraft, type EarnView } from './earn-draft';
import { EarnFields } from './earn-fields';
import { RuleForm } from './rule-form';
import { useRuleForm, type RulePreview } from './use-rule-form';

/** A way to earn being set up or changed. */
export function EarnForm({ trigger, saved }: { trigger: EarnTrigger; saved: EarnView | null }) {
  const form = useRuleForm(toEarnDraft(trigger, saved), findEarnMistakes, { saved: t('earning.saved') });
  const { draft, errors, change, shown } = form;
  return (
    <RuleForm
      id="earning"
      form={form}
      cost={shown?.preview.known === false ? undefined : shown?.cost}
      result={shown && <Result {...shown.preview} />}
    >
      <EarnFields draft={draft} errors={errors} isNew={saved === null} change={change} />
    </RuleForm>
  );
}

function Result({ known, days, points, people = 0 }: RulePreview) {
  const format = useFormat();
  if (known === false) return <Text as="p">{t('earning.preview.unknown')}</Text>;
  return (
    <Text as="p" fontWeight="semibold">
      {t('earning.preview.result', { days, points: format.number(points), count: people })}
    </Text>
  );
}
