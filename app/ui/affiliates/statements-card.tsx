import { BlockStack, Box, Card, InlineStack, Text } from '@shopify/polaris';
import type { StatementPart } from '~/modules/affiliates/types';
import { EmptyCard } from '../empty-card';
import { CardHead } from '../facts';
import type { Format } from '../format';
import { t } from '../i18n';
import { ListTable, type ListRow } from '../list-table';
import { RowLink } from '../row-link';
import { useFormat } from '../shop-context';
import { movements, statementSums } from './words';

interface StatementsCardProps {
  affiliateId: string;
  statements: (StatementPart & { month: string })[];
}

/** The months of an affiliate's account; a row leads to what was booked in it. */
export function StatementsCard({ affiliateId, statements }: StatementsCardProps) {
  const format = useFormat();
  return (
    <Card padding="0">
      {statements.length > 0 && (
        <Box padding="400">
          <CardHead title={t('affiliates.statements.title')} text={t('affiliates.statements.text')} />
        </Box>
      )}
      <ListTable
        resource={{ singular: t('affiliates.statements.one'), plural: t('affiliates.statements.title') }}
        columns={[
          { title: t('affiliates.statements.month') },
          ...statementSums.map((name) => ({
            title: t(`affiliates.statements.${name}`),
            alignment: 'end' as const,
          })),
        ]}
        rows={statements.map(({ month, ...part }) => toRow({ month, part, affiliateId }, format))}
        empty={
          <EmptyCard
            title={t('affiliates.statements.emptyTitle')}
            text={t('affiliates.statements.emptyText')}
          />
        }
      />
    </Card>
  );
}

function toRow(
  { month, part, affiliateId }: { month: string; part: StatementPart; affiliateId: string },
  format: Format,
): ListRow {
  const name = format.month(`${month}-01`);
  const link = <RowLink url={`/app/affiliates/${affiliateId}/statements/${month}`}>{name}</RowLink>;
  return {
    id: `${month} ${part.currency}`,
    cells: [link, ...statementSums.map((sum) => format.money(part[sum], part.currency))],
    summary: (
      <BlockStack gap="050">
        <InlineStack align="space-between" gap="200">
          {link}
          <Text as="span">{format.money(part.closing, part.currency)}</Text>
        </InlineStack>
        {movements
          .filter((sum) => Number(part[sum]) !== 0)
          .map((sum) => (
            <Text key={sum} as="span" tone="subdued" variant="bodySm">
              {t(`affiliates.statements.${sum}`)}: {format.money(part[sum], part.currency)}
            </Text>
          ))}
      </BlockStack>
    ),
  };
}
