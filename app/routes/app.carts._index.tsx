import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BlockStack, Card } from '@shopify/polaris';
import { getCartsPage } from '~/modules/insights/index.server';
import { cartQuerySchema, cartTabs, type CartFigures } from '~/modules/insights/types';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { requireShop } from '~/shopify.server';
import { AdminPage } from '~/ui/admin-page';
import { answer } from '~/ui/answer';
import { CartTable } from '~/ui/carts/cart-table';
import { EmptyCard } from '~/ui/empty-card';
import { t } from '~/ui/i18n';
import { searchInput } from '~/ui/params';
import { useFormat } from '~/ui/shop-context';
import { SideNote } from '~/ui/side-note';
import { StatRow } from '~/ui/stat-row';
import { UrlTabs } from '~/ui/url-tabs';
import { titled } from '~/ui/page-meta';

export { pageHeaders as headers } from '~/ui/page-headers.server';
export { PageError as ErrorBoundary } from '~/ui/page-error';

export const meta = titled('carts.title');

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await requireShop(request);
  const query = cartQuerySchema.parse(searchInput(request));
  const page = await answer(() =>
    withShop(shopId, (tx) => getCartsPage(tx, { shopId, query, now: clock.now() })),
  );
  return { ...page, tab: query.tab };
}

export default function Carts() {
  const { shop, carts, figures, tab } = useLoaderData<typeof loader>();
  const empty = (
    <EmptyCard
      title={t(`carts.empty.${tab}.title`)}
      text={t(`carts.empty.${tab}.text`)}
      action={
        tab === 'recovered'
          ? { content: t('carts.emptyAction'), url: '/app/flows/abandoned_checkout' }
          : undefined
      }
    />
  );
  return (
    <AdminPage shop={shop} title={t('carts.title')} fullWidth>
      <BlockStack gap="400">
        <Figures figures={figures} />
        <Card padding="0">
          <UrlTabs tabs={cartTabs} selected={tab} label={(name) => t(`carts.tab.${name}`)} />
          <CartTable page={carts} empty={empty} />
        </Card>
      </BlockStack>
    </AdminPage>
  );
}

function Figures({ figures }: { figures: CartFigures }) {
  const format = useFormat();
  const amount = (name: 'open' | 'abandoned' | 'recovered') => ({
    label: t(`carts.figures.${name}`),
    value: format.money(figures[name].amount),
    note: t('carts.figures.carts', { count: figures[name].count }),
  });
  const rate = {
    label: t('carts.figures.rate'),
    value: figures.rate === null ? '–' : format.percent(Number(figures.rate)),
    note: figures.rate === null ? t('carts.figures.noRate') : undefined,
  };
  return (
    <BlockStack gap="100">
      <StatRow stats={[amount('open'), amount('abandoned'), amount('recovered'), rate]} />
      <SideNote>{`${t('common.last30Days')}. ${t('carts.figures.rateHelp')}`}</SideNote>
    </BlockStack>
  );
}
