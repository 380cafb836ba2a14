import { Badge, BlockStack, Button, Collapsible, InlineStack, Text } from '@shopify/polaris';
import { useId, useState } from 'react';
import { staffName } from '../adjustments/batch-table';
import { t } from '../i18n';
import { useFormat } from '../shop-context';
import type { WordsDraft } from './words-draft';

export interface WordsVersion {
  version: number;
  words: WordsDraft;
  staff: string | null;
  createdAt: string;
}

interface WordsHistoryProps {
  versions: WordsVersion[]; // newest first: the first is what is sent now
  /** Puts the words into the form, where they are looked at before they are saved. */
  restore: (words: WordsDraft) => void;
}

/** What the words were before, folded up. Nothing while they are still ours. */
export function WordsHistory({ versions, restore }: WordsHistoryProps) {
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const id = useId();
  if (versions.length === 0) return null;
  return (
    <BlockStack gap="200">
      <InlineStack>
        <Button
          variant="plain"
          disclosure={open ? 'up' : 'down'}
          ariaExpanded={open}
          ariaControls={id}
          onClick={() => setOpen(!open)}
        >
          {t('words.history.title', { count: versions.length })}
        </Button>
      </InlineStack>
      <Collapsible id={id} open={open}>
        <BlockStack as="ol" gap="300">
          {versions.map(({ version, words, staff, createdAt }, index) => (
            <li key={version} style={{ listStyle: 'none' }}>
              <InlineStack align="space-between" blockAlign="center" gap="200" wrap={false}>
                <BlockStack>
                  <Text as="span" breakWord>
                    {words.heading}
                  </Text>
                  <Text as="span" tone="subdued" variant="bodySm">
                    {[format.dateTime(createdAt), ...(staff === null ? [] : [staffName(staff)])].join(', ')}
                  </Text>
                </BlockStack>
                <div style={{ flexShrink: 0 }}>
                  {index === 0 ? (
                    <Badge>{t('words.history.now')}</Badge>
                  ) : (
                    <Button
                      size="slim"
                      accessibilityLabel={t('words.history.restoreOf', { date: format.dateTime(createdAt) })}
                      onClick={() => restore(words)}
                    >
                      {t('words.history.restore')}
                    </Button>
                  )}
                </div>
              </InlineStack>
            </li>
          ))}
        </BlockStack>
      </Collapsible>
    </BlockStack>
  );
}
