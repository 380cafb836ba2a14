import type { LoaderFunctionArgs } from '@remix-run/node';
import { Await, useLoaderData } from '@remix-run/react';
import { Banner, BlockStack, InlineGrid } from '@shopify/polaris';
import { Suspense } from 'react';
import { getLoyaltyOverview, getLoyaltySetup, getShopView } from '~/modules/insights/index.server';
import { getAccounting } from '~/modules/loyalty/index.server';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { requireShop } from '~/shopify.server';
import { AdminPage } from '~/ui/admin-page';
import { answer } from '~/ui/answer';
import { t } from '~/ui/i18n';
import { AreaCard, loyaltyAreas } from '~/ui/loyalty/area-card';
import { LoyaltySetupCard } from '~/ui/loyalty/loyalty-setup-card';
import { OverviewFigures, RepeatCard, TopRewardsCard } from '~/ui/loyalty/overview-cards';
import { toWeeks } from '~/ui/loyalty/weeks';
import { LoyaltyWeeks } from '~/ui/loyalty/loyalty-weeks';
import { titled } from '~/ui/page-meta';
import { CardSkeleton } from '~/ui/page-skeleton';

export { pageHeaders as headers } from '~/ui/page-headers.server';
export { PageError as ErrorBoundary } from '~/ui/page-error';

export const meta = titled('loyalty.title');

const weeks = 26;

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await requireShop(request);
  const { shop, setup } = await answer(() =>
    withShop(shopId, async (tx) => ({
      shop: await getShopView(tx, { shopId }),
      setup: await getLoyaltySetup(tx, { shopId }),
    })),
  );
  // Looking at everybody may take a moment in a large shop: the rest does not wait for it.
  return { shop, setup, figures: readFigures(shopId, clock.now()) };
}

async function readFigures(shopId: number, now: Date) {
  return withShop(shopId, async (tx) => {
    const { periods, ...report } = await getAccounting(tx, { shopId, unit: 'day', periods: weeks * 7, now });
    return {
      overview: await getLoyaltyOverview(tx, { shopId }),
      report,
      weeks: toWeeks(periods, weeks),
    };
  });
}

export default function Loyalty() {
  const { shop, setup, figures } = useLoaderData<typeof loader>();
  return (
    <AdminPage shop={shop} title={t('loyalty.title')}>
      <BlockStack gap="400">
        <LoyaltySetupCard setup={setup} shopDomain={shop.domain} />
        <Suspense fallback={<CardSkeleton lines={6} minHeight="24rem" />}>
          <Await resolve={figures} errorElement={<Banner tone="critical">{t('loyalty.failed')}</Banner>}>
            {(loaded) => (
              <BlockStack gap="400">
                <OverviewFigures overview={loaded.overview} report={loaded.report} />
                <LoyaltyWeeks weeks={loaded.weeks} />
                <InlineGrid columns={{ xs: 1, md: 2 }} gap="400">
                  <RepeatCard overview={loaded.overview} />
                  <TopRewardsCard rewards={loaded.overview.topRewards} />
                </InlineGrid>
              </BlockStack>
            )}
          </Await>
        </Suspense>
        <InlineGrid columns={{ xs: 1, md: 2 }} gap="400">
          {loyaltyAreas.map((area) => (
            <AreaCard key={area} area={area} />
          ))}
        </InlineGrid>
      </BlockStack>
    </AdminPage>
  );
}
