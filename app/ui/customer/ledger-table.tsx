import { BlockStack, Text } from '@shopify/polaris';
import type { LedgerEntry, ListPage } from '~/modules/insights/types';
import type { Format } from '../format';
import { t } from '../i18n';
import { ListTable, type ListRow } from '../list-table';
import { useFormat } from '../shop-context';

/** The ledger: every change of a person's points and why. */
export function LedgerTable({ page }: { page: ListPage<LedgerEntry> }) {
  const format = useFormat();
  return (
    <ListTable
      resource={{ singular: t('customer.tab.points'), plural: t('customer.tab.points') }}
      columns={[
        { title: t('customer.points.column.date') },
        { title: t('customer.points.column.what') },
        { title: t('customer.points.column.points'), alignment: 'end' },
        { title: t('customer.points.column.pending'), alignment: 'end' },
      ]}
      rows={page.items.map((entry) => toRow(entry, format))}
      page={page}
    />
  );
}

function toRow(entry: LedgerEntry, format: Format): ListRow {
  const date = format.dateTime(entry.occurredAt);
  const points = entry.points === 0 ? '' : format.signed(entry.points);
  const pending = entry.pending === 0 ? '' : format.signed(entry.pending);
  return {
    id: entry.id,
    cells: [
      date,
      ledgerText(entry),
      <Text key="points" as="span" numeric fontWeight="semibold">
        {points}
      </Text>,
      <Text key="pending" as="span" numeric tone="subdued">
        {pending}
      </Text>,
    ],
    summary: (
      <BlockStack>
        <Text as="span" fontWeight="semibold">
          {points || pending} · {ledgerText(entry)}
        </Text>
        <Text as="span" tone="subdued" variant="bodySm">
          {date}
        </Text>
      </BlockStack>
    ),
  };
}

/** What an entry is, in words. */
function ledgerText(entry: LedgerEntry): string {
  const { kind, orderName, reason, points } = entry;
  switch (kind) {
    case 'earn':
      if (orderName) return t('customer.ledger.earnOrder', { order: orderName });
      return becauseOf(entry, 'earn');
    case 'referral':
      return points > 0 ? t('customer.ledger.referral') : t('customer.ledger.referralBack');
    case 'release':
      return orderName
        ? t('customer.ledger.releaseOrder', { order: orderName })
        : t('customer.ledger.release');
    case 'reverse':
      if (orderName) return t('customer.ledger.reverseOrder', { order: orderName });
      return becauseOf(entry, 'reverse');
    case 'adjust':
      return reason ? t('customer.ledger.adjustReason', { reason }) : t('customer.ledger.adjust');
    case 'expire':
      return points > 0 ? t('customer.ledger.expireBack') : t('customer.ledger.expire');
    case 'merge':
      return t('customer.ledger.merge');
    case 'reserve':
    case 'redeem':
      return t('customer.ledger.redeemed', { reward: reason ?? t('customer.ledger.someReward') });
    case 'unreserve':
    case 'return':
      return t('customer.ledger.returned', { reward: reason ?? t('customer.ledger.someReward') });
    default:
      return kind;
  }
}

/** Points that have to do with no order: of a tier, or of another way to earn, which goes by the merchant's name for it. */
function becauseOf({ reason, forTier }: LedgerEntry, kind: 'earn' | 'reverse'): string {
  if (!reason) return t(`customer.ledger.${kind}`);
  return forTier
    ? t(`customer.ledger.${kind}Tier`, { tier: reason })
    : t(`customer.ledger.${kind}Action`, { action: reason });
}
