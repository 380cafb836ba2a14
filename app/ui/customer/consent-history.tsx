import { BlockStack, Box, InlineStack, Text } from '@shopify/polaris';
import type { ConsentEntry, ListPage } from '~/modules/insights/types';
import { EmailStateBadge } from '../badges';
import { t, word } from '../i18n';
import { Pager } from '../pager';
import { useFormat } from '../shop-context';

/** Every change of consent with what proves it. */
export function ConsentHistory({ page }: { page: ListPage<ConsentEntry> }) {
  const format = useFormat();
  return (
    <Box padding="400">
      <BlockStack gap="400">
        <BlockStack as="ul" gap="300">
          {page.items.map((entry) => (
            <li key={entry.id} style={{ listStyle: 'none' }}>
              <InlineStack align="space-between" blockAlign="start" gap="200" wrap>
                <BlockStack gap="050" inlineAlign="start">
                  <EmailStateBadge state={entry.state} />
                  <Text as="span">
                    {t('customer.consent.by', { source: word('consentSource', entry.source) })}
                    {entry.level && `, ${word('consentLevel', entry.level)}`}
                  </Text>
                  <Evidence evidence={entry.evidence} />
                </BlockStack>
                <Text as="span" tone="subdued" variant="bodySm">
                  <time dateTime={entry.occurredAt}>{format.dateTime(entry.occurredAt)}</time>
                </Text>
              </InlineStack>
            </li>
          ))}
        </BlockStack>
        <Pager page={page} />
      </BlockStack>
    </Box>
  );
}

function Evidence({ evidence }: { evidence: ConsentEntry['evidence'] }) {
  const parts = Object.entries(evidence).filter(([, value]) => value !== null);
  if (parts.length === 0) return null;
  return (
    <Text as="span" tone="subdued" variant="bodySm" breakWord>
      {parts.map(([name, value]) => `${name}: ${String(value)}`).join(', ')}
    </Text>
  );
}
