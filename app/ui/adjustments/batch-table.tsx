import { Badge, BlockStack, Card, Text, type BadgeProps } from '@shopify/polaris';
import { EmptyCard } from '../empty-card';
import type { Format } from '../format';
import { t } from '../i18n';
import { ListTable, type ListRow } from '../list-table';
import { RowHead } from '../row-head';
import { RowLink } from '../row-link';
import { useFormat } from '../shop-context';
import type { BatchView } from './batch-view';

/** The page of one batch. */
export function batchUrl(id: string): string {
  return `/app/loyalty/adjustments?batch=${id}`;
}

/** The batches there were: what, who, when, and what came of it. */
export function BatchTable({ batches, next }: { batches: BatchView[]; next: string | null }) {
  const format = useFormat();
  return (
    <Card padding="0">
      <ListTable
        resource={{ singular: t('adjustments.one'), plural: t('adjustments.earlier') }}
        columns={[
          { title: t('adjustments.column.batch') },
          { title: t('adjustments.column.when') },
          { title: t('adjustments.column.result') },
          { title: t('adjustments.column.state') },
        ]}
        rows={batches.map((batch) => toRow(batch, format))}
        page={{ previous: null, next }}
        empty={<EmptyCard title={t('adjustments.empty.title')} text={t('adjustments.empty.text')} />}
      />
    </Card>
  );
}

function toRow(batch: BatchView, format: Format): ListRow {
  const link = <RowLink url={batchUrl(batch.id)}>{batchTitle(batch, format)}</RowLink>;
  const subdued = (text: string) => (
    <Text as="span" tone="subdued" variant="bodySm">
      {text}
    </Text>
  );
  const when = format.dateTime(batch.startedAt ?? batch.createdAt);
  const state = <BatchBadge status={batch.status} />;
  return {
    id: batch.id,
    cells: [
      <BlockStack key="batch">
        {link}
        {subdued(batch.reason)}
      </BlockStack>,
      <BlockStack key="when">
        <Text as="span">{when}</Text>
        {subdued(staffName(batch.staff))}
      </BlockStack>,
      resultText(batch, format),
      state,
    ],
    summary: (
      <BlockStack gap="100">
        <RowHead link={link} state={state} />
        {subdued(batch.reason)}
        <Text as="span">{resultText(batch, format)}</Text>
        {subdued(`${when}, ${staffName(batch.staff)}`)}
      </BlockStack>
    ),
  };
}

/** What the batch was made of. */
export function batchTitle({ source, title }: BatchView, format: Format): string {
  if (source === 'file') return title;
  return source === 'tier'
    ? t('adjustments.title.tier', { tier: title })
    : t('adjustments.title.orders', { day: format.day(title) });
}

/** Shopify's number of whoever did it. */
export function staffName(staff: string): string {
  return t('adjustments.staff', { id: staff.replace(/^staff:/, '') });
}

function resultText(batch: BatchView, format: Format): string {
  if (batch.status === 'draft') return t('adjustments.result.draft', { count: batch.lines - batch.failed });
  return t('adjustments.result.posted', {
    count: batch.people,
    points: format.signed(batch.given - batch.taken - batch.tookBack + batch.gaveBack),
  });
}

const tones: Record<BatchView['status'], BadgeProps['tone']> = {
  draft: undefined,
  posting: 'info',
  posted: 'success',
  undoing: 'info',
  undone: 'warning',
};

export function BatchBadge({ status }: { status: BatchView['status'] }) {
  return <Badge tone={tones[status]}>{t(`adjustments.status.${status}`)}</Badge>;
}
