import { InlineStack, Pagination } from '@shopify/polaris';
import type { ListPage } from '~/modules/insights/types';
import { t } from './i18n';
import { useUrlState } from './use-url-state';

/** Older and newer, for lists that are not tables. Nothing when all of it is on the page. */
export function Pager({ page }: { page: Pick<ListPage<unknown>, 'previous' | 'next'> }) {
  const { change } = useUrlState();
  if (page.previous === null && page.next === null) return null;
  return (
    <InlineStack align="center">
      <Pagination
        hasPrevious={page.previous !== null}
        hasNext={page.next !== null}
        onPrevious={() => change({ before: page.previous ?? undefined })}
        onNext={() => change({ after: page.next ?? undefined })}
        accessibilityLabels={{ previous: t('common.previous'), next: t('common.next') }}
      />
    </InlineStack>
  );
}
