import { useFetcher } from '@remix-run/react';
import { BlockStack, Button, Card, InlineStack, Link, Text } from '@shopify/polaris';
import type { ReferralRow } from '~/modules/insights/types';
import { CardTitle } from '../facts';
import { t } from '../i18n';
import { personText, ReferralBadge } from '../referrals/referral-text';

interface ReferralsCardProps {
  /** Where friends go; null while the customer has no link. */
  link: string | null;
  referrals: ReferralRow[];
  mayShare: boolean;
}

/** A customer's referral link and whom they brought. */
export function ReferralsCard({ link, referrals, mayShare }: ReferralsCardProps) {
  const fetcher = useFetcher();
  return (
    <Card>
      <BlockStack gap="300">
        <CardTitle>{t('customer.referrals.title')}</CardTitle>
        {link !== null && (
          <Text as="p" breakWord>
            {link}
          </Text>
        )}
        {link === null && (
          <fetcher.Form method="post">
            <input type="hidden" name="intent" value="referralLink" />
            <BlockStack gap="200" inlineAlign="start">
              <Text as="p" tone="subdued">
                {t('customer.referrals.none')}
              </Text>
              <Button submit loading={fetcher.state !== 'idle'} disabled={!mayShare}>
                {t('customer.referrals.make')}
              </Button>
            </BlockStack>
          </fetcher.Form>
        )}
        {referrals.map((referral) => (
          <InlineStack key={referral.id} align="space-between" gap="200">
            <Link url={`/app/referrals/${referral.id}`}>{personText(referral.friend)}</Link>
            <ReferralBadge state={referral.state} />
          </InlineStack>
        ))}
      </BlockStack>
    </Card>
  );
}
