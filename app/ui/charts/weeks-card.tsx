import {
  BlockStack,
  Button,
  Card,
  DataTable,
  InlineStack,
  Text,
  type DataTableProps,
} from '@shopify/polaris';
import { useState, type ReactNode } from 'react';
import { CardTitle } from '../facts';
import { t } from '../i18n';

interface WeeksCardProps {
  title: string;
  /** Instead of the chart, while there is nothing to draw. */
  empty: string | null;
  /** Of the table: a week, and its figures. */
  headings: string[];
  rows: NonNullable<DataTableProps['rows']>;
  /** The chart. */
  children: ReactNode;
}

/** Figures by week, drawn, and as a table for whoever asks for it. */
export function WeeksCard({ title, empty, headings, rows, children }: WeeksCardProps) {
  const [asTable, setAsTable] = useState(false);
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <CardTitle>{title}</CardTitle>
          {empty === null && (
            <Button variant="plain" onClick={() => setAsTable(!asTable)} ariaExpanded={asTable}>
              {asTable ? t('charts.hideTable') : t('charts.table')}
            </Button>
          )}
        </InlineStack>
        {empty === null ? (
          children
        ) : (
          <Text as="p" tone="subdued">
            {empty}
          </Text>
        )}
        {asTable && (
          <DataTable
            columnContentTypes={headings.map((_, index) => (index === 0 ? 'text' : 'numeric'))}
            headings={headings}
            rows={rows}
            increasedTableDensity
          />
        )}
      </BlockStack>
    </Card>
  );
}
