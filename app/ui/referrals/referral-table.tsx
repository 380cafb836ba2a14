import { BlockStack, InlineStack, Text } from '@shopify/polaris';
import type { ListPage, ReferralRow } from '~/modules/insights/types';
import { EmptyCard } from '../empty-card';
import type { Format } from '../format';
import { t } from '../i18n';
import { ListTable, type ListRow, type ListSelection } from '../list-table';
import { RowLink } from '../row-link';
import { useFormat } from '../shop-context';
import { evidenceLine, nextText, personText, ReferralBadge } from './referral-text';

interface ReferralTableProps {
  page: ListPage<ReferralRow>;
  empty: { title: string; text: string; action?: { content: string; url: string } };
  selection?: ListSelection;
}

/** Referrals: who brought whom, where it stands and what speaks against it. */
export function ReferralTable({ page, empty, selection }: ReferralTableProps) {
  const format = useFormat();
  return (
    <ListTable
      resource={{ singular: t('referrals.one'), plural: t('referrals.title') }}
      columns={[
        { title: t('referrals.column.friend') },
        { title: t('referrals.column.advocate') },
        { title: t('referrals.column.order') },
        { title: t('referrals.column.state') },
        { title: t('referrals.column.evidence') },
      ]}
      rows={page.items.map((referral) => toRow(referral, format))}
      page={page}
      {...(selection && { selection })}
      empty={<EmptyCard {...empty} />}
    />
  );
}

function toRow(referral: ReferralRow, format: Format): ListRow {
  const { id, friend, advocate, order, state, claimedAt } = referral;
  const link = <RowLink url={`/app/referrals/${id}`}>{personText(friend)}</RowLink>;
  const claimed = <Small>{t('referrals.claimedOn', { date: format.date(claimedAt) })}</Small>;
  const against = evidenceLine(referral) || t('referrals.noEvidence');
  const money = order && `${order.name} · ${format.money(order.total)}`;
  const next = <Small>{nextText(referral, format)}</Small>;
  return {
    id,
    cells: [
      <BlockStack key="friend">
        {link}
        {claimed}
      </BlockStack>,
      personText(advocate),
      money ?? '–',
      <BlockStack key="state" gap="100" inlineAlign="start">
        <ReferralBadge state={state} />
        {next}
      </BlockStack>,
      <Wrapped key="evidence">{against}</Wrapped>,
    ],
    summary: (
      <BlockStack gap="100">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          {link}
          <ReferralBadge state={state} />
        </InlineStack>
        <Small>
          {[t('referrals.by', { name: personText(advocate) }), money].filter(Boolean).join(' · ')}
        </Small>
        <Wrapped>{against}</Wrapped>
        {next}
      </BlockStack>
    ),
  };
}

function Small({ children }: { children: string }) {
  return (
    <Text as="span" tone="subdued" variant="bodySm">
      {children}
    </Text>
  );
}

/** Evidence may be several sentences: it goes on below instead of to the right. */
function Wrapped({ children }: { children: string }) {
  return (
    <div style={{ whiteSpace: 'normal', minWidth: '10rem', maxWidth: '22rem' }}>
      <Text as="span">{children}</Text>
    </div>
  );
}
