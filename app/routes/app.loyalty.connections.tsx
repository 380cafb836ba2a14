import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BlockStack } from '@shopify/polaris';
import { getConnections, getShopView } from '~/modules/insights/index.server';
import { updateStandingSwitches } from '~/modules/loyalty/index.server';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { requireShop } from '~/shopify.server';
import { AdminPage } from '~/ui/admin-page';
import { answer } from '~/ui/answer';
import { t } from '~/ui/i18n';
import { titled } from '~/ui/page-meta';
import { FlowCard } from '~/ui/reach/flow-card';
import { StandingsCard } from '~/ui/reach/standings-card';
import { parseStandingsDraft } from '~/ui/reach/standings-draft';

export { pageHeaders as headers } from '~/ui/page-headers.server';
export { PageError as ErrorBoundary } from '~/ui/page-error';
export { keepPage as clientAction, keepData as shouldRevalidate } from '~/ui/keep-page';

export const meta = titled('reach.title');

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await requireShop(request);
  return answer(() =>
    withShop(shopId, async (tx) => ({
      shop: await getShopView(tx, { shopId }),
      connections: await getConnections(tx, { shopId }),
    })),
  );
}

/** The two switches are saved together. */
export async function action({ request }: ActionFunctionArgs) {
  const { shopId } = await requireShop(request);
  const now = clock.now();
  return answer(async () => {
    const draft = parseStandingsDraft(await request.json());
    await withShop(shopId, (tx) => updateStandingSwitches(tx, { shopId, now, ...draft }));
    return data({ saved: true });
  });
}

export default function LoyaltyConnections() {
  const { shop, connections } = useLoaderData<typeof loader>();
  const { shareStandings, tagTiers } = connections;
  return (
    <AdminPage
      shop={shop}
      title={t('reach.title')}
      subtitle={t('reach.intro')}
      back={{ label: t('loyalty.title'), url: '/app/loyalty' }}
      narrowWidth
    >
      <BlockStack gap="400">
        <StandingsCard key={JSON.stringify({ shareStandings, tagTiers })} connections={connections} />
        <FlowCard flow={connections.flow} shopDomain={shop.domain} />
      </BlockStack>
    </AdminPage>
  );
}
