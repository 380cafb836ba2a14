import { Badge, BlockStack, Box, Card, Text } from '@shopify/polaris';
import type { FlowRunRow, ListPage } from '~/modules/insights/types';
import { CardTitle } from '../facts';
import type { Format } from '../format';
import { t, word } from '../i18n';
import { ListTable, type ListRow } from '../list-table';
import { RowLink } from '../row-link';
import { useFormat } from '../shop-context';

/** Who went through a flow lately and how it ended. */
export function RunsCard({ page }: { page: ListPage<FlowRunRow> }) {
  const format = useFormat();
  return (
    <Card padding="0">
      <Box padding="400">
        <CardTitle>{t('flows.runs.title')}</CardTitle>
      </Box>
      <ListTable
        resource={{ singular: t('flows.runs.title'), plural: t('flows.runs.title') }}
        columns={[
          { title: t('flows.runs.column.customer') },
          { title: t('flows.runs.column.entered') },
          { title: t('flows.runs.column.state') },
          { title: t('flows.runs.column.mails'), alignment: 'end' },
        ]}
        rows={page.items.map((run) => toRow(run, format))}
        page={page}
        empty={
          <Box padding="400">
            <Text as="p" tone="subdued">
              {t('flows.runs.empty')}
            </Text>
          </Box>
        }
      />
    </Card>
  );
}

function toRow(run: FlowRunRow, format: Format): ListRow {
  const name = (
    <RowLink url={`/app/customers/${run.profileId}`}>{run.profileName ?? t('common.unnamed')}</RowLink>
  );
  const entered = format.dateTime(run.enteredAt);
  const outcome = <Outcome run={run} />;
  return {
    id: run.id,
    cells: [name, entered, outcome, format.number(run.mails)],
    summary: (
      <BlockStack gap="100" inlineAlign="start">
        {name}
        <Text as="span" tone="subdued" variant="bodySm">
          {entered}
        </Text>
        {outcome}
      </BlockStack>
    ),
  };
}

function Outcome({ run }: { run: FlowRunRow }) {
  const format = useFormat();
  if (run.holdout) return <Badge>{t('flows.runs.holdout')}</Badge>;
  if (run.state === 'waiting') {
    return (
      <Badge tone="info">
        {run.dueAt
          ? t('flows.runs.waiting', { date: format.dateTime(run.dueAt) })
          : t('flows.runs.waitingNow')}
      </Badge>
    );
  }
  const reason = run.exitReason ?? 'completed';
  return (
    <Badge tone={reason === 'error' ? 'critical' : reason === 'completed' ? 'success' : undefined}>
      {word('runExit', reason)}
    </Badge>
  );
}
