import { Box, Card, InlineStack, Text } from '@shopify/polaris';
import type { StatementLine } from '~/modules/affiliates/types';
import { CsvDownload } from '../csv-download';
import { EmptyCard } from '../empty-card';
import { CardTitle } from '../facts';
import { t } from '../i18n';
import { ListTable } from '../list-table';
import { useFormat } from '../shop-context';

interface StatementLinesProps {
  lines: (Omit<StatementLine, 'at'> & { at: string })[];
  exportUrl: string;
}

/** Everything that was booked for an affiliate in a month, on the page and as a file. */
export function StatementLines({ lines, exportUrl }: StatementLinesProps) {
  const format = useFormat();
  return (
    <Card padding="0">
      {lines.length > 0 && (
        <Box padding="400">
          <InlineStack align="space-between" blockAlign="center" gap="200">
            <CardTitle>{t('affiliates.statements.lines')}</CardTitle>
            <CsvDownload from={exportUrl}>{t('affiliates.statements.export')}</CsvDownload>
          </InlineStack>
        </Box>
      )}
      <ListTable
        resource={{ singular: t('affiliates.statements.lines'), plural: t('affiliates.statements.lines') }}
        columns={[
          { title: t('affiliates.statements.day') },
          { title: t('affiliates.statements.kind') },
          { title: t('affiliates.statements.amount'), alignment: 'end' },
        ]}
        rows={lines.map(({ at, kind, currency, amount }, index) => {
          const [day, what] = [format.date(at), t(`affiliates.statements.kinds.${kind}`)];
          const money = format.money(amount, currency);
          return {
            id: String(index),
            cells: [day, what, money],
            summary: (
              <InlineStack align="space-between" gap="200">
                <Text as="span">{`${day}: ${what}`}</Text>
                <Text as="span">{money}</Text>
              </InlineStack>
            ),
          };
        })}
        empty={
          <EmptyCard
            title={t('affiliates.statements.nothingTitle')}
            text={t('affiliates.statements.nothingText')}
          />
        }
      />
    </Card>
  );
}
