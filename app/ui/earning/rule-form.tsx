import { Banner, BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { CardTitle } from '../facts';
import { t } from '../i18n';
import { useFormat } from '../shop-context';
import { UnsavedChanges } from '../unsaved-changes';
import { useFocusOnMistake } from '../use-focus-on-mistake';
import type { RuleIntent } from './use-rule-action';

interface RuleFormProps {
  id: string;
  errors: object;
  dirty: boolean;
  sending: RuleIntent | null;
  onSubmit: (intent: RuleIntent) => void;
  onDiscard: () => void;
  /** What it would have cost, in words; nothing before somebody asked. */
  result: ReactNode;
  /** The same in shop currency; null while the value of a point is not told. */
  cost: string | null | undefined;
  children: ReactNode;
}

/** The frame of a form for a rule: the save bar, its fields, and a look at what it would have cost. */
export function RuleForm(props: RuleFormProps) {
  const { id, errors, dirty, sending, onSubmit, onDiscard, children } = props;
  useFocusOnMistake(errors);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit('save');
      }}
    >
      <UnsavedChanges
        id={id}
        dirty={dirty}
        saving={sending === 'save'}
        onSave={() => onSubmit('save')}
        onDiscard={onDiscard}
      />
      <BlockStack gap="400">
        {Object.keys(errors).length > 0 && <Banner tone="critical">{t('errors.notSaved')}</Banner>}
        {children}
        <PreviewCard {...props} />
        <InlineStack gap="200">
          <Button submit variant="primary" loading={sending === 'save'}>
            {t('common.save')}
          </Button>
          <Button url="/app/loyalty/earning">{t('common.cancel')}</Button>
        </InlineStack>
      </BlockStack>
    </form>
  );
}

function PreviewCard({ result, cost, sending, onSubmit }: RuleFormProps) {
  const format = useFormat();
  const money =
    cost == null ? t('earning.preview.noValue') : t('earning.preview.money', { amount: format.money(cost) });
  return (
    <Card>
      <BlockStack gap="300">
        <CardTitle>{t('earning.preview.title')}</CardTitle>
        <Text as="p" tone="subdued">
          {t('earning.preview.text')}
        </Text>
        <div aria-live="polite">
          {result && (
            <BlockStack gap="100">
              {result}
              {cost !== undefined && <Text as="p">{money}</Text>}
            </BlockStack>
          )}
        </div>
        <InlineStack align="start">
          <Button onClick={() => onSubmit('preview')} loading={sending === 'preview'}>
            {t('earning.preview.action')}
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
