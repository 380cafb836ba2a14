import { useFetcher, useNavigate } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { Banner, BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import type { EarnPreview, EarnTrigger } from '~/modules/loyalty/types';
import { CardTitle } from '../facts';
import { t } from '../i18n';
import { useFormat } from '../shop-context';
import { UnsavedChanges } from '../unsaved-changes';
import { useFocusOnMistake } from '../use-focus-on-mistake';
import {
  findEarnMistakes,
  toEarnDraft,
  type EarnErrors,
  type EarnFormDraft,
  type EarnView,
} from './earn-draft';
import { EarnFields } from './earn-fields';

/** What the page's action answers. `cost` is shop currency; null while the value of a point is not told. */
export type EarnResult =
  | { saved: true }
  | { errors: EarnErrors }
  | { preview: EarnPreview; cost: string | null; of: string }
  | { key: string };

const list = '/app/loyalty/earning';

/** A way to earn being set up or changed. */
export function EarnForm({ trigger, saved }: { trigger: EarnTrigger; saved: EarnView | null }) {
  const start = toEarnDraft(trigger, saved);
  const [draft, setDraft] = useState<EarnFormDraft>(start);
  const [errors, setErrors] = useState<EarnErrors>({});
  const { send, sending, preview, done } = useEarnAction(setErrors);
  const change = (changes: Partial<EarnFormDraft>) => {
    setDraft((current) => ({ ...current, ...changes }));
    setErrors((current) =>
      Object.fromEntries(Object.entries(current).filter(([name]) => !(name in changes))),
    );
  };
  const submit = (intent: Intent) => {
    const found = findEarnMistakes(draft);
    if ('errors' in found) setErrors(found.errors);
    else send(intent, draft);
  };
  useFocusOnMistake(errors);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit('save');
      }}
    >
      <UnsavedChanges
        id="earning"
        dirty={!done && JSON.stringify(draft) !== JSON.stringify(start)}
        saving={sending === 'save'}
        onSave={() => submit('save')}
        onDiscard={() => {
          setDraft(start);
          setErrors({});
        }}
      />
      <BlockStack gap="400">
        {Object.keys(errors).length > 0 && <Banner tone="critical">{t('errors.notSaved')}</Banner>}
        <EarnFields draft={draft} errors={errors} isNew={saved === null} change={change} />
        <PreviewCard
          result={preview && preview.of === JSON.stringify(draft) ? preview : null}
          loading={sending === 'preview'}
          onPreview={() => submit('preview')}
        />
        <InlineStack gap="200">
          <Button submit variant="primary" loading={sending === 'save'}>
            {t('common.save')}
          </Button>
          <Button url={list}>{t('common.cancel')}</Button>
        </InlineStack>
      </BlockStack>
    </form>
  );
}

interface PreviewCardProps {
  result: Extract<EarnResult, { preview: EarnPreview }> | null;
  loading: boolean;
  onPreview: () => void;
}

function PreviewCard({ result, loading, onPreview }: PreviewCardProps) {
  return (
    <Card>
      <BlockStack gap="300">
        <CardTitle>{t('earning.preview.title')}</CardTitle>
        <Text as="p" tone="subdued">
          {t('earning.preview.text')}
        </Text>
        <div aria-live="polite">{result && <Cost {...result} />}</div>
        <InlineStack align="start">
          <Button onClick={onPreview} loading={loading}>
            {t('earning.preview.action')}
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

function Cost({ preview, cost }: Pick<Extract<EarnResult, { preview: EarnPreview }>, 'preview' | 'cost'>) {
  const format = useFormat();
  if (!preview.known) return <Text as="p">{t('earning.preview.unknown')}</Text>;
  const { days } = preview;
  const [points, people] = [format.number(preview.points), format.number(preview.people)];
  return (
    <BlockStack gap="100">
      <Text as="p" fontWeight="semibold">
        {t('earning.preview.result', { days, points, people })}
      </Text>
      <Text as="p">
        {cost === null
          ? t('earning.preview.noValue')
          : t('earning.preview.money', { amount: format.money(cost) })}
      </Text>
    </BlockStack>
  );
}

type Intent = 'preview' | 'save';

function useEarnAction(onErrors: (errors: EarnErrors) => void) {
  const shopify = useAppBridge();
  const navigate = useNavigate();
  const fetcher = useFetcher<EarnResult>();
  const [asked, setAsked] = useState<Intent>('preview');
  const result = fetcher.data;
  useEffect(() => {
    if (!result) return;
    if ('errors' in result) onErrors(result.errors);
    else if ('saved' in result) {
      shopify.toast.show(t('earning.saved'));
      navigate(list);
    }
  }, [result, shopify, navigate, onErrors]);
  return {
    send: (intent: Intent, draft: EarnFormDraft) => {
      setAsked(intent);
      fetcher.submit({ intent, draft }, { method: 'post', encType: 'application/json' });
    },
    sending: fetcher.state === 'idle' ? null : asked,
    preview: result && 'preview' in result ? result : null,
    done: result !== undefined && 'saved' in result,
  };
}
