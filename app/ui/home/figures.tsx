import { BlockStack, Box, Button, Card, DataTable, InlineGrid, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import type { Figure, FigureName } from '~/modules/insights/types';
import { Sparkline, TrendChart } from '../charts/charts';
import type { Format } from '../format';
import { t } from '../i18n';
import { useFormat } from '../shop-context';
import styles from './figures.module.css';

const units: Record<FigureName, 'money' | 'number'> = {
  netRevenue: 'money',
  orders: 'number',
  recovered: 'money',
  mailsSent: 'number',
  pointsEarned: 'number',
};

/** The shop's key figures: each with its trend, and the chosen one drawn large. */
export function HomeFigures({ figures }: { figures: Figure[] }) {
  const [chosen, choose] = useState<FigureName>('netRevenue');
  const figure = figures.find((candidate) => candidate.name === chosen);
  return (
    <Card padding="0">
      <Box padding="400" paddingBlockEnd="200">
        <Text as="h2" variant="headingMd">
          {t('home.figures.title')}
        </Text>
      </Box>
      <div className={styles.tiles} role="group" aria-label={t('home.figures.title')}>
        {figures.map((candidate) => (
          <FigureTile
            key={candidate.name}
            figure={candidate}
            chosen={candidate.name === chosen}
            onChoose={choose}
          />
        ))}
      </div>
      {figure && <FigureDetails figure={figure} />}
    </Card>
  );
}

interface FigureTileProps {
  figure: Figure;
  chosen: boolean;
  onChoose: (name: FigureName) => void;
}

function FigureTile({ figure, chosen, onChoose }: FigureTileProps) {
  const format = useFormat();
  const { name, total } = figure;
  return (
    <button type="button" className={styles.tile} aria-pressed={chosen} onClick={() => onChoose(name)}>
      <Text as="span" variant="bodySm" tone="subdued">
        {t(`home.figures.${name}`)}
      </Text>
      <Text as="span" variant="headingLg">
        {write(format, name, total)}
      </Text>
      <Text as="span" variant="bodySm" tone="subdued">
        {changeText(figure, format)}
      </Text>
      <Sparkline days={figure.days} unit={units[name]} />
    </button>
  );
}

function FigureDetails({ figure }: { figure: Figure }) {
  const format = useFormat();
  const [asTable, setAsTable] = useState(false);
  const name = t(`home.figures.${figure.name}`);
  return (
    <Box padding="400">
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h3" variant="headingSm">
            {t('home.figures.chart', { name })}
          </Text>
          <Button variant="plain" onClick={() => setAsTable(!asTable)} ariaExpanded={asTable}>
            {asTable ? t('home.figures.hideTable') : t('home.figures.table')}
          </Button>
        </InlineStack>
        {figure.days.some((entry) => Number(entry.value) !== 0) ? (
          <TrendChart days={figure.days} unit={units[figure.name]} />
        ) : (
          <Text as="p" tone="subdued">
            {t('home.figures.nothing')}
          </Text>
        )}
        {asTable && (
          <InlineGrid>
            <DataTable
              columnContentTypes={['text', 'numeric']}
              headings={[t('home.figures.day'), name]}
              rows={figure.days.map(({ day, value }) => [format.day(day), write(format, figure.name, value)])}
              increasedTableDensity
            />
          </InlineGrid>
        )}
      </BlockStack>
    </Box>
  );
}

function write(format: Format, name: FigureName, value: string): string {
  return units[name] === 'money' ? format.money(value) : format.number(Number(value));
}

function changeText({ total, previous }: Figure, format: Format): string {
  const [now, before] = [Number(total), Number(previous)];
  if (now === before) return t('home.figures.same');
  if (before === 0) return t('home.figures.new');
  const share = (now - before) / Math.abs(before);
  return t(share > 0 ? 'home.figures.up' : 'home.figures.down', { percent: format.percent(Math.abs(share)) });
}
