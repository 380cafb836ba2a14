import { BlockStack, Box, InlineStack, Link, Text } from '@shopify/polaris';
import type { ReactNode } from 'react';
import type { ConsentEntry, ListPage } from '~/modules/insights/types';
import { staffName } from '../adjustments/batch-table';
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
                  {entry.withdrawnAt && (
                    <Text as="span" tone="subdued" variant="bodySm">
                      {t('customer.consent.withdrawn', { date: format.dateTime(entry.withdrawnAt) })}
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
        <Pager page={page} />
      </BlockStack>
    </Box>
  );
}

/** What proves a change: who made it, the e-mail or the referral it came by, and the words that were agreed to. */
function Evidence({ evidence }: { evidence: ConsentEntry['evidence'] }) {
  const { staff, messageId, templateKey, referralId, wording, ...others } = evidence;
  const parts: ReactNode[] = [
    staff && staffName(String(staff)),
    messageId && (
      <Link url={`/app/messages/${String(messageId)}`}>
        {t('customer.consent.email', { template: word('template', String(templateKey)) })}
      </Link>
    ),
    referralId && <Link url={`/app/referrals/${String(referralId)}`}>{t('referrals.one')}</Link>,
    wording && t('customer.consent.wording', { wording: String(wording) }),
    ...Object.entries(others).map(([name, value]) => value !== null && `${name}: ${String(value)}`),
  ].filter(Boolean);
  return parts.map((part, index) => (
    <Text key={index} as="span" tone="subdued" variant="bodySm" breakWord>
      {part}
    </Text>
  ));
}
