import { Badge, BlockStack, InlineStack, Text } from '@shopify/polaris';
import type { ListPage, ProfileRow } from '~/modules/insights/types';
import { EmailStateBadge } from '../badges';
import { EmptyCard } from '../empty-card';
import type { Format } from '../format';
import { t } from '../i18n';
import { ListTable, type ListRow } from '../list-table';
import { RowLink } from '../row-link';
import { useFormat } from '../shop-context';

export function CustomerTable({ page }: { page: ListPage<ProfileRow> }) {
  const format = useFormat();
  return (
    <ListTable
      resource={{ singular: t('customers.resource.one'), plural: t('customers.resource.many') }}
      columns={[
        { title: t('customers.column.name') },
        { title: t('customers.column.subscription') },
        { title: t('customers.column.location') },
        { title: t('customers.column.lastOrder') },
        { title: t('customers.column.orders'), alignment: 'end' },
        { title: t('customers.column.spend'), alignment: 'end' },
        { title: t('customers.column.points'), alignment: 'end' },
      ]}
      rows={page.items.map((profile) => toRow(profile, format))}
      page={page}
      empty={<EmptyCard title={t('customers.noneTitle')} text={t('customers.noneText')} />}
    />
  );
}

function toRow(profile: ProfileRow, format: Format): ListRow {
  const name = (
    <RowLink url={`/app/customers/${profile.id}`}>
      <Text as="span" fontWeight="semibold">
        {profile.name ?? profile.email ?? t('common.unnamed')}
      </Text>
    </RowLink>
  );
  const email = profile.name && profile.email && (
    <Text as="span" tone="subdued" variant="bodySm" breakWord>
      {profile.email}
    </Text>
  );
  const cart = profile.hasOpenCart && <Badge tone="info">{t('customers.openCart')}</Badge>;
  const spend = format.money(profile.netSpend);
  return {
    id: profile.id,
    cells: [
      <BlockStack key="name" inlineAlign="start">
        {name}
        {email}
      </BlockStack>,
      <InlineStack key="state" gap="100">
        <EmailStateBadge state={profile.emailState} />
        {cart}
      </InlineStack>,
      place(profile, format),
      profile.lastOrderAt ? format.date(profile.lastOrderAt) : t('common.never'),
      format.number(profile.ordersCount),
      spend,
      format.number(profile.pointsBalance),
    ],
    summary: (
      <BlockStack gap="100" inlineAlign="start">
        {name}
        {email}
        <Text as="span" variant="bodySm">
          {t('customers.orders', { count: profile.ordersCount })}, {spend},{' '}
          {t('common.points', { count: profile.pointsBalance })}
        </Text>
        <InlineStack gap="100">
          <EmailStateBadge state={profile.emailState} />
          {cart}
        </InlineStack>
      </BlockStack>
    ),
  };
}

function place({ city, country }: ProfileRow, format: Format): string {
  return [city, country && format.country(country)].filter(Boolean).join(', ');
}
