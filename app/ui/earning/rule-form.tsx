import { BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { DraftForm } from '../draft-form';
import { CardTitle } from '../facts';
import { t } from '../i18n';
import { useFormat } from '../shop-context';
import type { useRuleForm } from './use-rule-form';

interface RuleFormProps {
  form: Omit<ReturnType<typeof useRuleForm>, 'draft' | 'change'>;
  /** What it would have cost, in words; nothing before somebody asked. */
  result: ReactNode;
  /** The same in shop currency; null while the value of a point is not told. */
  cost: string | null | undefined;
  children: ReactNode;
}

/** The frame of a form for a rule: the save bar, its fields, and a look at what it would have cost. */
export function RuleForm(props: RuleFormProps) {
  const { form, children } = props;
  const saving = form.sending === 'save';
  return (
    <DraftForm form={{ ...form, saving, save: () => form.submit('save') }}>
      {children}
      <PreviewCard {...props} />
      <InlineStack gap="200">
        <Button submit variant="primary" loading={saving}>
          {t('common.save')}
        </Button>
        <Button url="/app/loyalty/earning">{t('common.cancel')}</Button>
      </InlineStack>
    </DraftForm>
  );
}

function PreviewCard({ result, cost, form }: RuleFormProps) {
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
          <Button onClick={() => form.submit('preview')} loading={form.sending === 'preview'}>
            {t('earning.preview.action')}
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
