import { BlockStack, Button, Card, Collapsible, InlineStack, ProgressBar, Text } from '@shopify/polaris';
import { ChevronDownIcon, ChevronUpIcon } from '@shopify/polaris-icons';
import { useId, useState } from 'react';
import type { SetupGuide as Guide } from '~/modules/insights/types';
import { t } from '../i18n';
import { SetupStep } from '../setup-step';

interface Step {
  key: 'import' | 'sender' | 'earnRule' | 'flow' | 'checkout' | 'testMail';
  done: boolean;
  text: string;
  action: { url: string; external?: boolean };
}

interface SetupGuideProps {
  guide: Guide;
  /** Whether the checkout block is in use; only Shopify knows, so it is unknown for the first moment. */
  checkoutBlock: boolean | null;
  checkoutEditorUrl: string;
  onDismiss: () => void;
}

/** The way from the install to the first e-mail. It knows by itself what is done. */
export function SetupGuide({ guide, checkoutBlock, checkoutEditorUrl, onDismiss }: SetupGuideProps) {
  const steps = listSteps(guide, checkoutBlock, checkoutEditorUrl);
  const done = steps.filter((step) => step.done).length;
  // The import goes on without anybody: what the merchant can do comes first, unless it failed.
  const next = steps.find(({ key, done }) => !done && (key !== 'import' || guide.import === 'failed'))?.key;
  const [open, setOpen] = useState(true);
  const id = useId();
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200" wrap>
          <BlockStack gap="050">
            <Text as="h2" variant="headingMd">
              {t('home.setup.title')}
            </Text>
            <Text as="p" tone="subdued">
              {t('home.setup.progress', { done, all: steps.length })}
            </Text>
          </BlockStack>
          <InlineStack align="start" gap="200">
            <Button variant="tertiary" onClick={onDismiss}>
              {t('home.setup.dismiss')}
            </Button>
            <Button
              variant="tertiary"
              icon={open ? ChevronUpIcon : ChevronDownIcon}
              accessibilityLabel={open ? t('home.setup.collapse') : t('home.setup.expand')}
              ariaExpanded={open}
              ariaControls={id}
              onClick={() => setOpen(!open)}
            />
          </InlineStack>
        </InlineStack>
        <ProgressBar progress={(done / steps.length) * 100} size="small" tone="primary" />
        <Collapsible id={id} open={open}>
          <BlockStack as="ul" gap="100">
            {steps.map((step) => (
              <SetupStep
                key={step.key}
                title={t(`home.setup.${step.key}.title`)}
                text={step.text}
                done={step.done}
                primary={step.key === next}
                action={{ ...step.action, content: t(`home.setup.${step.key}.action`) }}
              />
            ))}
          </BlockStack>
        </Collapsible>
      </BlockStack>
    </Card>
  );
}

function listSteps(guide: Guide, checkoutBlock: boolean | null, checkoutEditorUrl: string): Step[] {
  const importText = {
    none: '',
    done: '',
    running: t('home.setup.import.running'),
    failed: t('home.setup.import.failed'),
  }[guide.import];
  return [
    {
      key: 'import',
      done: guide.import === 'done',
      text: importText || t('home.setup.import.text'),
      action: { url: '/app/health' },
    },
    {
      key: 'sender',
      done: guide.sender,
      text: t('home.setup.sender.text'),
      action: { url: '/app/settings#sender' },
    },
    {
      key: 'earnRule',
      done: guide.earnRule,
      text: t('home.setup.earnRule.text'),
      action: { url: '/app/loyalty/setup' },
    },
    {
      key: 'testMail',
      done: guide.testMail,
      text: t('home.setup.testMail.text'),
      action: { url: '/app/messages/test' },
    },
    { key: 'flow', done: guide.flow, text: t('home.setup.flow.text'), action: { url: '/app/flows' } },
    {
      key: 'checkout',
      done: checkoutBlock === true,
      text: t('home.setup.checkout.text'),
      action: { url: checkoutEditorUrl, external: true },
    },
  ];
}
