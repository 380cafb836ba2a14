import { Badge, BlockStack, Button, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { isOpen } from '~/modules/loyalty/types';
import { CardTitle } from '../facts';
import type { Format } from '../format';
import { t } from '../i18n';
import { useFormat } from '../shop-context';
import type { CampaignView } from './campaign-draft';

/** The shop's campaigns, and whether each counts on `today`, a day of the shop's calendar. */
export function CampaignTable({ campaigns, today }: { campaigns: CampaignView[]; today: string }) {
  const format = useFormat();
  return (
    <Card>
      <BlockStack gap="300">
        <CardTitle>{t('campaigns.title')}</CardTitle>
        <Text as="p" tone="subdued">
          {campaigns.length === 0 ? t('campaigns.empty') : t('campaigns.intro')}
        </Text>
        {campaigns.map((campaign) => (
          <InlineStack key={campaign.id} align="space-between" blockAlign="center" gap="200">
            <BlockStack>
              <Link url={`/app/loyalty/earning?campaign=${campaign.id}`}>{campaign.title}</Link>
              <Text as="span" tone="subdued" variant="bodySm">
                {campaignText(campaign, format)}
              </Text>
            </BlockStack>
            <Badge tone={isOpen(campaign, today) ? 'success' : undefined}>
              {isOpen(campaign, today) ? t('campaigns.running') : t('campaigns.notRunning')}
            </Badge>
          </InlineStack>
        ))}
        <InlineStack align="start">
          <Button url="/app/loyalty/earning?campaign=new">{t('campaigns.add')}</Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

function campaignText({ factor, scope, startsOn, endsOn }: CampaignView, format: Format): string {
  const what = t('campaigns.line', {
    factor: format.number(Number(factor)),
    goods: t(`campaigns.scope.${scope}`),
  });
  const from = startsOn && t('campaigns.from', { day: format.day(startsOn) });
  const until = endsOn && t('campaigns.until', { day: format.day(endsOn) });
  return [what, from, until].filter(Boolean).join(' · ');
}
