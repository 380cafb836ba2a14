import { BlockStack, Card, InlineStack, ProgressBar, Text } from '@shopify/polaris';
import type { ProfileTierView } from '~/modules/insights/types';
import { CardTitle } from '../facts';
import type { Format } from '../format';
import { t } from '../i18n';
import { useFormat } from '../shop-context';

/** The tier a person is in, and how far it is to the next one. */
export function TierCard({ tier }: { tier: ProfileTierView }) {
  const format = useFormat();
  const { name, next, until, since } = tier;
  return (
    <Card>
      <BlockStack gap="300">
        <CardTitle>{t('customer.tier.title')}</CardTitle>
        <BlockStack gap="100">
          <InlineStack align="space-between" blockAlign="center" gap="200">
            <Text as="p" variant="headingLg" breakWord>
              {name ?? t('customer.tier.none')}
            </Text>
            {tier.multiplier !== null && Number(tier.multiplier) > 1 && (
              <Text as="span" tone="subdued">
                {t('customer.tier.multiplier', { factor: format.number(Number(tier.multiplier)) })}
              </Text>
            )}
          </InlineStack>
          {name && since && (
            <Text as="p" tone="subdued">
              {t('customer.tier.since', { date: format.date(since) })}
            </Text>
          )}
          {name && until && (
            <Text as="p" tone="subdued">
              {t(tier.inGrace ? 'customer.tier.grace' : 'customer.tier.until', { date: format.date(until) })}
            </Text>
          )}
        </BlockStack>
        {next && <Progress tier={tier} next={next} />}
      </BlockStack>
    </Card>
  );
}

function Progress({ tier, next }: { tier: ProfileTierView; next: NonNullable<ProfileTierView['next']> }) {
  const format = useFormat();
  const missing = Math.max(0, Number(next.threshold) - Number(tier.figure));
  const share = Math.min(1, Math.max(0, Number(tier.figure) / Number(next.threshold)));
  return (
    <BlockStack gap="100">
      <ProgressBar progress={share * 100} size="small" ariaLabelledBy="next-tier" />
      <Text as="p" tone="subdued" variant="bodySm" id="next-tier">
        {t('customer.tier.next', { missing: write(tier.basis, missing, format), name: next.name })}
      </Text>
    </BlockStack>
  );
}

function write(basis: string, value: number, format: Format): string {
  if (basis === 'net_spend') return format.money(value.toFixed(2));
  return t(basis === 'orders' ? 'customer.tier.orders' : 'common.points', { count: Math.ceil(value) });
}
