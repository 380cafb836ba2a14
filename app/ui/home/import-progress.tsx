import { BlockStack, Card, ProgressBar, Text } from '@shopify/polaris';
import type { ImportRun } from '~/modules/insights/types';
import { t, word } from '../i18n';
import { useFormat } from '../shop-context';
import { useRefresh } from '../use-refresh';

const refreshMs = 5_000;

/** How far the running imports are; looks again by itself until they are through. */
export function ImportProgress({ runs }: { runs: ImportRun[] }) {
  const format = useFormat();
  const running = runs.length > 0;
  useRefresh(running, refreshMs);
  if (!running) return null;
  return (
    <Card>
      <BlockStack gap="400">
        {runs.map((run) => (
          <BlockStack key={run.id} gap="200">
            <Text as="h2" variant="headingSm">
              {t('home.import.title', { kind: word('importKind', run.kind) })}
            </Text>
            <ProgressBar progress={progress(run)} size="small" />
            <Text as="p" tone="subdued" variant="bodySm">
              {run.status === 'ingesting'
                ? t('home.import.progress', {
                    count: run.ingestedLines,
                    all: format.number(Math.max(run.totalObjects, run.ingestedLines)),
                  })
                : t('home.import.waiting')}
            </Text>
          </BlockStack>
        ))}
      </BlockStack>
    </Card>
  );
}

function progress({ totalObjects, ingestedLines }: ImportRun): number {
  return totalObjects === 0 ? 0 : Math.min(100, (ingestedLines / totalObjects) * 100);
}
