import { BlockStack, Box, Card, InlineStack, Text } from '@shopify/polaris';
import type { FailedLine } from '~/modules/loyalty/types';
import { CsvDownload } from '../csv-download';
import { CardTitle } from '../facts';
import type { Format } from '../format';
import { t } from '../i18n';
import { ListTable, type ListRow } from '../list-table';
import { useFormat } from '../shop-context';

interface FailedLinesProps {
  batchId: string;
  lines: FailedLine[]; // the first of them
  all: number;
}

/** The lines nothing is posted for, or less than they say: what is wrong and what to do. */
export function FailedLines({ batchId, lines, all }: FailedLinesProps) {
  const format = useFormat();
  if (lines.length === 0) return null;
  return (
    <Card padding="0">
      <Box padding="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <BlockStack gap="100">
            <CardTitle>{t('adjustments.failed.title', { count: all })}</CardTitle>
            {all > lines.length && (
              <Text as="p" tone="subdued">
                {t('adjustments.failed.first', { shown: lines.length })}
              </Text>
            )}
          </BlockStack>
          <CsvDownload from={`/app/loyalty/adjustments/failed?batch=${batchId}`}>
            {t('adjustments.failed.download')}
          </CsvDownload>
        </InlineStack>
      </Box>
      <ListTable
        resource={{ singular: t('adjustments.column.line'), plural: t('adjustments.failed.list') }}
        columns={[
          { title: t('adjustments.column.line') },
          { title: t('adjustments.column.customer') },
          { title: t('adjustments.column.problem') },
          { title: t('adjustments.column.points'), alignment: 'end' },
        ]}
        rows={lines.map((line) => toRow(line, format))}
      />
    </Card>
  );
}

function toRow({ line, who, points, posted, problem }: FailedLine, format: Format): ListRow {
  const wanted = points === null ? '' : format.signed(points);
  const why =
    problem === 'short'
      ? t('adjustments.problem.short', { posted: format.number(-posted) })
      : t(`adjustments.problem.${problem}`);
  return {
    id: String(line),
    cells: [
      format.number(line),
      <Text key="who" as="span" breakWord>
        {who ?? ''}
      </Text>,
      <div key="why" style={{ whiteSpace: 'normal', minWidth: '14rem' }}>
        {why}
      </div>,
      wanted,
    ],
    summary: (
      <BlockStack gap="050">
        <Text as="span" fontWeight="semibold" breakWord>
          {t('adjustments.lineOf', { line: format.number(line), who: who ?? '–' })} {wanted}
        </Text>
        <div style={{ whiteSpace: 'normal' }}>{why}</div>
      </BlockStack>
    ),
  };
}
