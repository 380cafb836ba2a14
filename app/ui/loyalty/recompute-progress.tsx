import { BlockStack, Card, ProgressBar, Text } from '@shopify/polaris';
import { t } from '../i18n';
import { useFormat } from '../shop-context';
import { useRefresh } from '../use-refresh';

const refreshMs = 3_000;

/** How far the job is that puts everybody into their tier; looks again by itself until it is through. */
export function RecomputeProgress({ recompute }: { recompute: { done: number; total: number } | null }) {
  const format = useFormat();
  const running = recompute !== null;
  useRefresh(running, refreshMs);
  if (!recompute) return null;
  const { done, total } = recompute;
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingSm">
          {t('tiers.progress.title')}
        </Text>
        <ProgressBar
          progress={total === 0 ? 0 : (done / total) * 100}
          size="small"
          ariaLabelledBy="tier-progress"
        />
        <Text as="p" tone="subdued" variant="bodySm" id="tier-progress">
          {t('tiers.progress.text', { done: format.number(done), all: format.number(total) })}
        </Text>
      </BlockStack>
    </Card>
  );
}
