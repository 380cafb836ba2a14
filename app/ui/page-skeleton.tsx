import { BlockStack, Box, Card, SkeletonBodyText, SkeletonDisplayText, SkeletonPage } from '@shopify/polaris';
import { t } from './i18n';

/** What stands in for a page that is loading. */
export function PageSkeleton() {
  return (
    <div role="status" aria-busy="true" aria-label={t('common.loading')}>
      <SkeletonPage>
        <BlockStack gap="400">
          {[3, 6].map((lines) => (
            <CardSkeleton key={lines} lines={lines} />
          ))}
        </BlockStack>
      </SkeletonPage>
    </div>
  );
}

/** What stands in for a card. `minHeight` keeps the page from jumping when the content comes. */
export function CardSkeleton({ lines, minHeight }: { lines: number; minHeight?: string }) {
  return (
    <Card>
      <Box minHeight={minHeight}>
        <BlockStack gap="400">
          <SkeletonDisplayText size="small" />
          <SkeletonBodyText lines={lines} />
        </BlockStack>
      </Box>
    </Card>
  );
}
