import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Banner, BlockStack, Card, Text } from '@shopify/polaris';
import { useState } from 'react';
import { getReferralsPage } from '~/modules/insights/index.server';
import { referralQuerySchema, referralTabs, type ReferralTab } from '~/modules/insights/types';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { requireShop } from '~/shopify.server';
import { AdminPage } from '~/ui/admin-page';
import { answer } from '~/ui/answer';
import { t } from '~/ui/i18n';
import { titled } from '~/ui/page-meta';
import { searchInput } from '~/ui/params';
import { DecideForm } from '~/ui/referrals/decide-form';
import { FunnelCard } from '~/ui/referrals/funnel-card';
import { ReferralTable } from '~/ui/referrals/referral-table';
import { UrlTabs } from '~/ui/url-tabs';
import { decideByForm } from '~/ui/referrals/decide-input.server';
import { referralsDecided } from '~/processes/referrals-decided.server';

export { pageHeaders as headers } from '~/ui/page-headers.server';
export { PageError as ErrorBoundary } from '~/ui/page-error';
export { keepPage as clientAction, keepData as shouldRevalidate } from '~/ui/keep-page';

export const meta = titled('referrals.title');

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await requireShop(request);
  const query = referralQuerySchema.parse(searchInput(request));
  const page = await answer(() =>
    withShop(shopId, (tx) => getReferralsPage(tx, { shopId, query, now: clock.now() })),
  );
  return { ...page, tab: query.tab };
}

export async function action({ request }: ActionFunctionArgs) {
  const { shopId, staff } = await requireShop(request);
  const now = clock.now();
  return answer(() =>
    decideByForm(request, (decided) =>
      withShop(shopId, (tx) => referralsDecided(tx, { ...decided, shopId, staff, now })),
    ),
  );
}

/** Tabs in which there is something to decide. */
const decidable: readonly ReferralTab[] = ['review', 'held', 'stopped'];

export default function Referrals() {
  const { shop, programme, referrals, funnel, waiting, tab } = useLoaderData<typeof loader>();
  return (
    <AdminPage
      shop={shop}
      title={t('referrals.title')}
      subtitle={t('referrals.intro')}
      fullWidth
      primaryAction={{ content: t('referrals.settings.title'), url: '/app/referrals/settings' }}
    >
      <BlockStack gap="400">
        {programme === 'off' && <Banner tone="info">{t('referrals.off')}</Banner>}
        {programme === 'none' && (
          <Banner
            title={t('referrals.empty.title')}
            action={{ content: t('referrals.empty.action'), url: '/app/referrals/settings' }}
          >
            <p>{t('referrals.empty.text')}</p>
          </Banner>
        )}
        {programme !== 'none' && <FunnelCard funnel={funnel} />}
        <List key={tab} referrals={referrals} tab={tab} waiting={waiting} />
      </BlockStack>
    </AdminPage>
  );
}

function List({
  referrals,
  tab,
  waiting,
}: Pick<ReturnType<typeof useLoaderData<typeof loader>>, 'referrals' | 'tab' | 'waiting'>) {
  const [chosen, setChosen] = useState<string[]>([]);
  const shown = chosen.filter((id) => referrals.items.some((referral) => referral.id === id));
  return (
    <BlockStack gap="400">
      {shown.length > 0 && (
        <Card>
          <BlockStack gap="300">
            <Text as="h2" variant="headingMd">
              {t('referrals.decide.title', { count: shown.length })}
            </Text>
            <DecideForm ids={shown} onDone={() => setChosen([])} />
          </BlockStack>
        </Card>
      )}
      <Card padding="0">
        <UrlTabs
          tabs={referralTabs}
          selected={tab}
          label={(name) =>
            name === 'review' && waiting > 0
              ? t('referrals.tab.reviewCount', { count: waiting })
              : t(`referrals.tab.${name}`)
          }
        />
        <ReferralTable
          page={referrals}
          empty={{ title: t(`referrals.none.${tab}.title`), text: t(`referrals.none.${tab}.text`) }}
          {...(decidable.includes(tab) && { selection: { chosen: shown, choose: setChosen } })}
        />
      </Card>
    </BlockStack>
  );
}
