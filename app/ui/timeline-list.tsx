import { BlockStack, InlineStack, Link, Text } from '@shopify/polaris';
import type { ActivityEntry, TimelineEntry } from '~/modules/insights/types';
import { t } from './i18n';
import { useFormat } from './shop-context';
import { timelineText } from './timeline-text';

/** Happenings one below the other, each with its time; with whom it happened to, where that is not the page's subject. */
export function TimelineList({
  entries,
}: {
  entries: (TimelineEntry & Partial<Pick<ActivityEntry, 'profileId' | 'profileName'>>)[];
}) {
  const format = useFormat();
  return (
    <BlockStack as="ul" gap="300">
      {entries.map((entry) => (
        <li key={entry.id} style={{ listStyle: 'none' }}>
          <InlineStack gap="200" align="space-between" blockAlign="start" wrap>
            <BlockStack>
              <Text as="span">{timelineText(entry, format)}</Text>
              {entry.profileId !== undefined && (
                <Text as="span" tone="subdued" variant="bodySm">
                  <Link url={`/app/customers/${entry.profileId}`}>
                    {entry.profileName ?? t('common.unnamed')}
                  </Link>
                </Text>
              )}
            </BlockStack>
            <Text as="span" tone="subdued" variant="bodySm">
              <time dateTime={entry.occurredAt}>{format.dateTime(entry.occurredAt)}</time>
            </Text>
          </InlineStack>
        </li>
      ))}
    </BlockStack>
  );
}
