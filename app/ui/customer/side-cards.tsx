import { BlockStack, Card, InlineStack, Link, Tag, Text } from '@shopify/polaris';
import type { ProfileView } from '~/modules/insights/types';
import { CardTitle, Facts, type Fact } from '../facts';
import type { Format } from '../format';
import { t } from '../i18n';
import { useFormat } from '../shop-context';

/** How to reach a person, and their tags. */
export function ContactCard({ profile }: { profile: ProfileView }) {
  const format = useFormat();
  const place = [profile.city, profile.country && format.country(profile.country)].filter(Boolean).join(', ');
  return (
    <Card>
      <BlockStack gap="300">
        <CardTitle>{t('customer.contact.title')}</CardTitle>
        <BlockStack gap="100">
          {profile.email ? (
            <Link url={`mailto:${profile.email}`}>{profile.email}</Link>
          ) : (
            <Missing text={t('customer.contact.noEmail')} />
          )}
          {profile.phone ? (
            <Text as="p">{profile.phone}</Text>
          ) : (
            <Missing text={t('customer.contact.noPhone')} />
          )}
          {place ? <Text as="p">{place}</Text> : <Missing text={t('customer.contact.noPlace')} />}
          {profile.locale && (
            <Missing text={`${t('customer.contact.language')}: ${format.language(profile.locale)}`} />
          )}
        </BlockStack>
        <BlockStack gap="100">
          <Text as="h3" variant="headingSm">
            {t('customer.contact.tags')}
          </Text>
          {profile.tags.length > 0 ? (
            <InlineStack gap="100">
              {profile.tags.map((tag) => (
                <Tag key={tag}>{tag}</Tag>
              ))}
            </InlineStack>
          ) : (
            <Missing text={t('customer.contact.noTags')} />
          )}
        </BlockStack>
      </BlockStack>
    </Card>
  );
}

function Missing({ text }: { text: string }) {
  return (
    <Text as="p" tone="subdued">
      {text}
    </Text>
  );
}

/** What a person's orders and e-mails add up to. */
export function FiguresCard({ profile }: { profile: ProfileView }) {
  const format = useFormat();
  return (
    <Card>
      <BlockStack gap="300">
        <CardTitle>{t('customer.figures.title')}</CardTitle>
        <Facts facts={listFacts(profile, format)} />
      </BlockStack>
    </Card>
  );
}

function listFacts(profile: ProfileView, format: Format): Fact[] {
  const date = (iso: string | null) => (iso ? format.date(iso) : t('common.never'));
  const facts: (Fact | false)[] = [
    { label: t('customer.figures.orders'), value: format.number(profile.ordersCount) },
    { label: t('customer.figures.spend'), value: format.money(profile.netSpend) },
    { label: t('customer.figures.profit'), value: format.money(profile.grossProfit) },
    { label: t('customer.figures.average'), value: format.money(profile.averageOrderValue) },
    { label: t('customer.figures.firstOrder'), value: date(profile.firstOrderAt) },
    { label: t('customer.figures.lastOrder'), value: date(profile.lastOrderAt) },
    profile.daysBetweenOrders !== null && {
      label: t('customer.figures.rhythm'),
      value: t('common.day', { count: Math.round(Number(profile.daysBetweenOrders)) }),
    },
    profile.refundsCount > 0 && {
      label: t('customer.figures.refunded'),
      value: format.money(profile.refundedAmount),
    },
    profile.openCartValue !== null && {
      label: t('customer.figures.cart'),
      value: format.money(profile.openCartValue),
    },
    { label: t('customer.figures.emails'), value: format.number(profile.emailsSent) },
    profile.lastEmailAt !== null && {
      label: t('customer.figures.lastEmail'),
      value: date(profile.lastEmailAt),
    },
    profile.lastClickAt !== null && {
      label: t('customer.figures.lastClick'),
      value: date(profile.lastClickAt),
    },
  ];
  return facts.filter((fact) => fact !== false);
}
