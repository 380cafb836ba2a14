import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { Await, useFetcher, useLoaderData } from '@remix-run/react';
import { Banner, BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { Suspense } from 'react';
import { getHomeFigures, getHomePage } from '~/modules/insights/index.server';
import { updateSettings } from '~/modules/shops/index.server';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { requireShop } from '~/shopify.server';
import { AdminPage } from '~/ui/admin-page';
import { answer } from '~/ui/answer';
import { HomeFigures } from '~/ui/home/figures';
import { ImportProgress } from '~/ui/home/import-progress';
import { ProblemBanner } from '~/ui/home/problem-banner';
import { SetupGuide } from '~/ui/home/setup-guide';
import { useCheckoutBlock } from '~/ui/use-checkout-block';
import { t } from '~/ui/i18n';
import { CardSkeleton } from '~/ui/page-skeleton';
import { TimelineList } from '~/ui/timeline-list';
import { titled } from '~/ui/page-meta';

export { pageHeaders as headers } from '~/ui/page-headers.server';
export { PageError as ErrorBoundary } from '~/ui/page-error';
export { keepPage as clientAction, keepData as shouldRevalidate } from '~/ui/keep-page';

export const meta = titled('home.title');

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await requireShop(request);
  const now = clock.now();
  const page = await answer(() => withShop(shopId, (tx) => getHomePage(tx, { shopId, now })));
  // Adding up two months may take a moment in a large shop: the rest does not wait for it.
  return { page, figures: withShop(shopId, (tx) => getHomeFigures(tx, { shopId, now })) };
}

/** The set-up guide is put away, or fetched back. */
export async function action({ request }: ActionFunctionArgs) {
  const { shopId } = await requireShop(request);
  const now = clock.now();
  const dismiss = (await request.formData()).get('setup') === 'dismiss';
  await withShop(shopId, (tx) =>
    updateSettings(tx, { shopId, changes: { setupDismissedAt: dismiss ? now : null }, now }),
  );
  return null;
}

export default function Home() {
  const { page, figures } = useLoaderData<typeof loader>();
  return (
    <AdminPage shop={page.shop} title={t('home.title')}>
      <BlockStack gap="400">
        <ProblemBanner problems={page.problems} />
        <Setup />
        <ImportProgress runs={page.imports} />
        <Suspense fallback={<CardSkeleton lines={6} minHeight="30rem" />}>
          <Await resolve={figures} errorElement={<Banner tone="critical">{t('home.figures.failed')}</Banner>}>
            {(loaded) => <HomeFigures figures={loaded} />}
          </Await>
        </Suspense>
        <RecentActivity />
      </BlockStack>
    </AdminPage>
  );
}

function Setup() {
  const { page } = useLoaderData<typeof loader>();
  const fetcher = useFetcher<typeof action>();
  const checkoutBlock = useCheckoutBlock();
  const asked = fetcher.formData?.get('setup');
  const dismissed = asked === undefined || asked === null ? page.setup.dismissed : asked === 'dismiss';
  const submit = (setup: 'dismiss' | 'show') => fetcher.submit({ setup }, { method: 'post' });
  if (dismissed) {
    return (
      <InlineStack align="end">
        <Button variant="plain" onClick={() => submit('show')}>
          {t('home.setup.show')}
        </Button>
      </InlineStack>
    );
  }
  return (
    <SetupGuide
      guide={page.setup}
      checkoutBlock={checkoutBlock}
      checkoutEditorUrl={`https://${page.shop.domain}/admin/settings/checkout/editor`}
      onDismiss={() => submit('dismiss')}
    />
  );
}

function RecentActivity() {
  const { page } = useLoaderData<typeof loader>();
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t('home.activity.title')}
        </Text>
        {page.activity.length > 0 ? (
          <TimelineList entries={page.activity} />
        ) : (
          <Text as="p" tone="subdued">
            {t('home.activity.empty')}
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}
