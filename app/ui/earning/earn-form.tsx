import { Text } from '@shopify/polaris';
import { useState } from 'react';
import type { EarnTrigger } from '~/modules/loyalty/types';
import { t } from '../i18n';
import { useFormat } from '../shop-context';
import {
  findEarnMistakes,
  toEarnDraft,
  type EarnErrors,
  type EarnFormDraft,
  type EarnView,
} from './earn-draft';
import { EarnFields } from './earn-fields';
import { RuleForm } from './rule-form';
import { useRuleAction, type RulePreview } from './use-rule-action';

/** A way to earn being set up or changed. */
export function EarnForm({ trigger, saved }: { trigger: EarnTrigger; saved: EarnView | null }) {
  const start = toEarnDraft(trigger, saved);
  const [draft, setDraft] = useState<EarnFormDraft>(start);
  const [errors, setErrors] = useState<EarnErrors>({});
  const { send, sending, preview, done } = useRuleAction(setErrors);
  const shown = preview?.of === JSON.stringify(draft) ? preview : null;
  return (
    <RuleForm
      id="earning"
      errors={errors}
      dirty={!done && JSON.stringify(draft) !== JSON.stringify(start)}
      sending={sending}
      onSubmit={(intent) => {
        const found = findEarnMistakes(draft);
        if ('errors' in found) setErrors(found.errors);
        else send({ intent, draft });
      }}
      onDiscard={() => {
        setDraft(start);
        setErrors({});
      }}
      cost={shown?.preview.known === false ? undefined : shown?.cost}
      result={shown && <Result {...shown.preview} />}
    >
      <EarnFields
        draft={draft}
        errors={errors}
        isNew={saved === null}
        change={(changes) => {
          setDraft((current) => ({ ...current, ...changes }));
          setErrors((current) =>
            Object.fromEntries(Object.entries(current).filter(([name]) => !(name in changes))),
          );
        }}
      />
    </RuleForm>
  );
}

function Result({ known, days, points, people = 0 }: RulePreview) {
  const format = useFormat();
  if (known === false) return <Text as="p">{t('earning.preview.unknown')}</Text>;
  return (
    <Text as="p" fontWeight="semibold">
      {t('earning.preview.result', { days, points: format.number(points), people: format.number(people) })}
    </Text>
  );
}
