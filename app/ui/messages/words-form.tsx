import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import {
  Banner,
  BlockStack,
  Button,
  Card,
  FormLayout,
  InlineStack,
  Layout,
  Text,
  TextField,
} from '@shopify/polaris';
import { useEffect, useState } from 'react';
import type { TemplatePreview } from '~/modules/messaging/types';
import { CardTitle } from '../facts';
import { t } from '../i18n';
import { textFields } from '../text-fields';
import { UnsavedChanges } from '../unsaved-changes';
import { useFocusOnMistake } from '../use-focus-on-mistake';
import { MailPreview } from './mail-preview';
import { WordsHistory, type WordsVersion } from './words-history';
import { findWordsMistakes, type WordsDraft, type WordsErrors } from './words-draft';

/** What the action of the page answers. `problem` is a sentence about the text as a whole. */
export type WordsResult =
  { saved: true } | { errors: WordsErrors } | { problem: string } | { preview: TemplatePreview };

interface WordsFormProps {
  saved: WordsDraft;
  original: WordsDraft;
  versions: WordsVersion[]; // newest first
  preview: TemplatePreview; // of what is saved
}

const typingMs = 500;

/** The words of one mail being written, with the mail beside them as it would arrive. */
export function WordsForm({ saved, original, versions, preview }: WordsFormProps) {
  const [draft, setDraft] = useState(saved);
  const [mistakes, setMistakes] = useState<WordsErrors>({});
  const { save, saving, problem, errors } = useSaveWords();
  const dirty = JSON.stringify(draft) !== JSON.stringify(saved);
  const live = useLivePreview(draft, dirty);
  const shown = { ...errors, ...mistakes };
  const text = textFields<keyof WordsDraft>(draft, shown, (name, value) => {
    setDraft((current) => ({ ...current, [name]: value }));
    setMistakes({});
  });
  useFocusOnMistake(mistakes);
  const change = (words: WordsDraft): void => {
    setDraft(words);
    setMistakes({});
  };
  const submit = (): void => {
    const found = findWordsMistakes(draft);
    if ('errors' in found) setMistakes(found.errors);
    else save(draft);
  };
  return (
    <Layout>
      <UnsavedChanges dirty={dirty} saving={saving} onSave={submit} onDiscard={() => change(saved)} />
      <Layout.Section variant="oneHalf">
        <Card>
          <BlockStack gap="300">
            {problem !== null && <Banner tone="critical">{problem}</Banner>}
            <FormLayout>
              <TextField label={t('words.form.subject')} maxLength={200} {...text('subject')} />
              <TextField
                label={t('words.form.preheader')}
                helpText={t('words.form.preheaderHelp')}
                maxLength={200}
                {...text('preheader')}
              />
              <TextField label={t('words.form.heading')} maxLength={200} {...text('heading')} />
              <TextField
                label={t('words.form.body')}
                helpText={t('words.form.bodyHelp')}
                multiline={6}
                {...text('body')}
              />
              <TextField label={t('words.form.button')} maxLength={60} {...text('button')} />
              <TextField label={t('words.form.closing')} multiline={3} {...text('closing')} />
            </FormLayout>
            <InlineStack align="start">
              <Button
                disabled={JSON.stringify(draft) === JSON.stringify(original)}
                onClick={() => change(original)}
              >
                {t('words.form.original')}
              </Button>
            </InlineStack>
            <WordsHistory versions={versions} restore={change} />
          </BlockStack>
        </Card>
      </Layout.Section>
      <Layout.Section variant="oneHalf">
        <Card>
          <BlockStack gap="400">
            <CardTitle>{t('test.preview')}</CardTitle>
            <div aria-live="polite">
              <LiveNote live={live} />
            </div>
            <MailPreview mail={live !== null && 'preview' in live ? live.preview : preview} />
          </BlockStack>
        </Card>
      </Layout.Section>
    </Layout>
  );
}

/** What stands in the way of saving what is being written. */
function LiveNote({ live }: { live: WordsResult | null }) {
  if (live === null)
    return (
      <Text as="p" tone="subdued">
        {t('words.form.previewHelp')}
      </Text>
    );
  if ('problem' in live) return <Banner tone="critical">{live.problem}</Banner>;
  if ('preview' in live && live.preview.missing.length > 0)
    return (
      <Banner tone="critical">{t('words.form.missing', { names: live.preview.missing.join(', ') })}</Banner>
    );
  return null;
}

/** The mail with what is being written, once nothing was typed for a moment; null while that is what is saved. */
function useLivePreview(draft: WordsDraft, dirty: boolean): WordsResult | null {
  const { submit, data } = useFetcher<WordsResult>();
  useEffect(() => {
    if (!dirty || 'errors' in findWordsMistakes(draft)) return;
    const timer = setTimeout(() => {
      submit({ intent: 'preview', draft }, { method: 'post', encType: 'application/json' });
    }, typingMs);
    return () => clearTimeout(timer);
  }, [draft, dirty, submit]);
  return dirty ? (data ?? null) : null;
}

function useSaveWords() {
  const shopify = useAppBridge();
  const { submit, data, state } = useFetcher<WordsResult>();
  useEffect(() => {
    if (data && 'saved' in data) shopify.toast.show(t('words.saved'));
  }, [data, shopify]);
  return {
    save: (draft: WordsDraft) =>
      submit({ intent: 'save', draft }, { method: 'post', encType: 'application/json' }),
    saving: state !== 'idle',
    problem: data && 'problem' in data ? data.problem : null,
    errors: data && 'errors' in data ? data.errors : {},
  };
}
