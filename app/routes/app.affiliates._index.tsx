import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BlockStack, Button, Card, InlineStack } from '@shopify/polaris';
import { z } from 'zod';
import {
  ensureProgramme,
  findProgramme,
  getProgrammeFigures,
  listWeeks,
} from '~/modules/affiliates/index.server';
import { getShopView, listAffiliates } from '~/modules/insights/index.server';
import { affiliateQuerySchema, affiliateTabs } from '~/modules/insights/types';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { env } from '~/platform/env.server';
import { requireShop } from '~/shopify.server';
import { act } from '~/ui/affiliates/act';
import { AffiliateTable } from '~/ui/affiliates/affiliate-table';
import { AffiliateWeeks } from '~/ui/affiliates/affiliate-weeks';
import { ShareCard } from '~/ui/affiliates/share-card';
import { useAct } from '~/ui/affiliates/use-act';
import { amountsText } from '~/ui/affiliates/words';
import { AdminPage } from '~/ui/admin-page';
import { answer } from '~/ui/answer';
import { EmptyCard } from '~/ui/empty-card';
import { createAdminFormat } from '~/ui/format';
import { t } from '~/ui/i18n';
import { titled } from '~/ui/page-meta';
import { searchInput } from '~/ui/params';
import { StatRow } from '~/ui/stat-row';
import { UrlTabs } from '~/ui/url-tabs';

export { pageHeaders as headers } from '~/ui/page-headers.server';
export { PageError as ErrorBoundary } from '~/ui/page-error';
export { keepPage as clientAction, keepData as shouldRevalidate } from '~/ui/keep-page';

export const meta = titled('affiliates.title');

const weeksShown = 12;
const rowsShown = 50;
const figuresOfMs = 30 * 24 * 60 * 60 * 1_000;

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await requireShop(request);
  const query = affiliateQuerySchema.parse(searchInput(request));
  const now = clock.now();
  const since = new Date(now.getTime() - figuresOfMs);
  return answer(() =>
    withShop(shopId, async (tx) => {
      const programme = await findProgramme(tx, { shopId });
      const shop = await getShopView(tx, { shopId });
      const { currency, timeZone } = shop;
      return {
        shop,
        tab: query.tab,
        applyUrl: programme && `${env().SHOPIFY_APP_URL}/partners/${programme.token}`,
        figures: programme && (await getProgrammeFigures(tx, { shopId, since })),
        weeks: programme && (await listWeeks(tx, { shopId, currency, timeZone, now, count: weeksShown })),
        affiliates: await listAffiliates(tx, { shopId, query, limit: rowsShown }),
      };
    }),
  );
}

const actionSchema = z.object({ intent: z.literal('start') });

export async function action({ request }: ActionFunctionArgs) {
  const { shopId } = await requireShop(request);
  actionSchema.parse(await request.json());
  return act(() => withShop(shopId, (tx) => ensureProgramme(tx, { shopId, now: clock.now() })));
}

export default function Affiliates() {
  const { shop, tab, applyUrl, figures, weeks, affiliates } = useLoaderData<typeof loader>();
  const format = createAdminFormat(shop);
  if (!figures || !weeks || !applyUrl)
    return (
      <AdminPage shop={shop} title={t('affiliates.title')}>
        <Start />
      </AdminPage>
    );
  const of = (pick: 'pending' | 'payable') =>
    amountsText(
      figures.owed.map((owed) => ({ currency: owed.currency, amount: owed[pick] })),
      format,
    );
  const sales = figures.sales.map(({ currency, net }) => ({ currency, amount: net }));
  const paid = figures.sales.map(({ currency, commission }) => ({ currency, amount: commission }));
  return (
    <AdminPage
      shop={shop}
      title={t('affiliates.title')}
      subtitle={t('affiliates.intro')}
      primaryAction={{ content: t('affiliates.payouts.title'), url: '/app/affiliates/payouts' }}
      secondaryActions={[{ content: t('affiliates.settings.title'), url: '/app/affiliates/settings' }]}
    >
      <BlockStack gap="400">
        <StatRow
          stats={[
            {
              label: t('affiliates.figure.clicks'),
              value: format.number(figures.clicks),
              note: t('common.last30Days'),
            },
            {
              label: t('affiliates.figure.orders'),
              value: format.number(figures.orders),
              note: t('common.last30Days'),
            },
            {
              label: t('affiliates.figure.sales'),
              value: amountsText(sales, format),
              note: t('common.last30Days'),
            },
            {
              label: t('affiliates.figure.commission'),
              value: amountsText(paid, format),
              note: t('common.last30Days'),
            },
            {
              label: t('affiliates.figure.payable'),
              value: of('payable'),
              note: t('affiliates.figure.waiting', { amount: of('pending') }),
            },
          ]}
        />
        <AffiliateWeeks weeks={weeks} />
        <Card padding="0">
          <UrlTabs
            tabs={affiliateTabs}
            selected={tab}
            label={(name) => (name === 'all' ? t('affiliates.all') : t(`affiliates.state.${name}`))}
          />
          <AffiliateTable page={affiliates} />
        </Card>
        <ShareCard title={t('affiliates.apply.title')} text={t('affiliates.apply.text')} url={applyUrl} />
      </BlockStack>
    </AdminPage>
  );
}

/** Before there is a programme: what it would do, and one button. */
function Start() {
  const { act: submit, acting } = useAct();
  return (
    <Card>
      <EmptyCard title={t('affiliates.start.title')} text={t('affiliates.start.text')} />
      <InlineStack align="center">
        <Button variant="primary" loading={acting} onClick={() => submit({ intent: 'start' })}>
          {t('affiliates.start.action')}
        </Button>
      </InlineStack>
    </Card>
  );
}
