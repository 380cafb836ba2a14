import type { LoaderFunctionArgs } from '@remix-run/node';
import { Await, useLoaderData } from '@remix-run/react';
import { Banner, BlockStack, InlineGrid } from '@shopify/polaris';
import { Suspense } from 'react';
import { getLoyaltyFigures, getShopView } from '~/modules/insights/index.server';
import type { LoyaltyFigures } from '~/modules/insights/types';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { requireShop } from '~/shopify.server';
import { AdminPage } from '~/ui/admin-page';
import { answer } from '~/ui/answer';
import { t } from '~/ui/i18n';
import { AreaCard, loyaltyAreas } from '~/ui/loyalty/area-card';
import { MonthsCard } from '~/ui/loyalty/months-card';
import { titled } from '~/ui/page-meta';
import { CardSkeleton } from '~/ui/page-skeleton';
import { useFormat } from '~/ui/shop-context';
import { StatRow } from '~/ui/stat-row';

export { pageHeaders as headers } from '~/ui/page-headers.server';
export { PageError as ErrorBoundary } from '~/ui/page-error';

export const meta = titled('loyalty.title');

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await requireShop(request);
  const now = clock.now();
  const shop = await answer(() => withShop(shopId, (tx) => getShopView(tx, { shopId })));
  // Adding up a year may take a moment in a large shop: the rest does not wait for it.
  return { shop, figures: withShop(shopId, (tx) => getLoyaltyFigures(tx, { shopId, now })) };
}

export default function Loyalty() {
  const { shop, figures } = useLoaderData<typeof loader>();
  return (
    <AdminPage shop={shop} title={t('loyalty.title')}>
      <BlockStack gap="400">
        <Suspense fallback={<CardSkeleton lines={6} minHeight="24rem" />}>
          <Await resolve={figures} errorElement={<Banner tone="critical">{t('loyalty.failed')}</Banner>}>
            {(loaded) => <Figures figures={loaded} />}
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

function Figures({ figures }: { figures: LoyaltyFigures }) {
  const format = useFormat();
  const { members, points, pending, months } = figures;
  return (
    <BlockStack gap="400">
      <StatRow
        stats={[
          { label: t('loyalty.members'), value: format.number(members), note: t('loyalty.membersNote') },
          {
            label: t('loyalty.points'),
            value: format.number(points),
            ...(pending > 0 && { note: t('loyalty.pointsNote', { count: pending }) }),
          },
        ]}
      />
      <MonthsCard months={months} />
    </BlockStack>
  );
}
