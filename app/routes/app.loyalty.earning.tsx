import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BlockStack } from '@shopify/polaris';
import { z } from 'zod';
import { getShopView } from '~/modules/insights/index.server';
import {
  findEarnKey,
  getPointValue,
  listEarnActions,
  previewEarnAction,
  rotateEarnKey,
  updateEarnAction,
} from '~/modules/loyalty/index.server';
import { earnTriggers, type EarnAction } from '~/modules/loyalty/types';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { env } from '~/platform/env.server';
import { notFound } from '~/platform/errors';
import { decimal } from '~/platform/money';
import { requireShop } from '~/shopify.server';
import { AdminPage } from '~/ui/admin-page';
import { answer } from '~/ui/answer';
import { findEarnMistakes, type EarnView } from '~/ui/earning/earn-draft';
import { EarnForm, type EarnResult } from '~/ui/earning/earn-form';
import { EarnTable } from '~/ui/earning/earn-table';
import { KeyCard } from '~/ui/earning/key-card';
import { ShopperCard } from '~/ui/earning/shopper-card';
import { t, word } from '~/ui/i18n';
import { titled } from '~/ui/page-meta';
import { searchInput } from '~/ui/params';

export { pageHeaders as headers } from '~/ui/page-headers.server';
export { PageError as ErrorBoundary } from '~/ui/page-error';

export const meta = titled('earning.title');

const list = '/app/loyalty/earning';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await requireShop(request);
  const { way } = searchInput(request);
  return answer(() =>
    withShop(shopId, async (tx) => {
      const shop = await getShopView(tx, { shopId });
      const ways = (await listEarnActions(tx, { shopId })).map(toView);
      const key = await findEarnKey(tx, { shopId });
      const saved = ways.find(({ code }) => code === way) ?? null;
      const trigger = saved?.trigger ?? earnTriggers.find((one) => one === way);
      // A custom event that is not there, or another shop's, is not found.
      if (way !== undefined && trigger === undefined) throw notFound('way to earn');
      return {
        shop,
        ways,
        form: trigger === undefined ? null : { trigger, saved },
        today: new Intl.DateTimeFormat('sv-SE', { timeZone: shop.timeZone }).format(clock.now()),
        apiKey: key && { hint: key.hint, madeAt: key.madeAt.toISOString() },
        url: `${env().SHOPIFY_APP_URL}/api/earn`,
      };
    }),
  );
}

function toView({ version: _version, effectiveFrom: _from, minimum, ...action }: EarnAction): EarnView {
  const event = action.trigger === 'custom' ? action.code.slice('custom:'.length) : null;
  return { ...action, event, minimum: minimum?.toString() ?? null };
}

const actionSchema = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('save'), draft: z.unknown() }),
  z.object({ intent: z.literal('preview'), draft: z.unknown() }),
  z.object({ intent: z.literal('rotate') }),
]);

export async function action({ request }: ActionFunctionArgs) {
  const { shopId } = await requireShop(request);
  const now = clock.now();
  return answer(async () => {
    const input = actionSchema.parse(await request.json());
    if (input.intent === 'rotate')
      return data<EarnResult>(await withShop(shopId, (tx) => rotateEarnKey(tx, { shopId, now })));
    const found = findEarnMistakes(input.draft);
    if ('errors' in found) return data<EarnResult>({ errors: found.errors }, { status: 422 });
    const draft = found.parsed;
    if (input.intent === 'save') {
      await withShop(shopId, (tx) => updateEarnAction(tx, { shopId, draft, now }));
      return data<EarnResult>({ saved: true });
    }
    return withShop(shopId, async (tx) => {
      const preview = await previewEarnAction(tx, { shopId, draft, now });
      const value = await getPointValue(tx, { shopId });
      const cost = value === null ? null : decimal(value).times(preview.points).toFixed(2);
      return data<EarnResult>({ preview, cost, of: JSON.stringify(input.draft) });
    });
  });
}

export default function Earning() {
  const { shop, ways, form, today, apiKey, url } = useLoaderData<typeof loader>();
  if (form) {
    const { trigger, saved } = form;
    return (
      <AdminPage
        shop={shop}
        title={saved?.title ?? word('earnTrigger', trigger)}
        back={{ label: t('earning.title'), url: list }}
        narrowWidth
      >
        <EarnForm key={JSON.stringify(form)} trigger={trigger} saved={saved} />
      </AdminPage>
    );
  }
  return (
    <AdminPage
      shop={shop}
      title={t('earning.title')}
      subtitle={t('earning.intro')}
      back={{ label: t('loyalty.title'), url: '/app/loyalty' }}
      primaryAction={{ content: t('earning.add'), url: `${list}?way=custom` }}
    >
      <BlockStack gap="400">
        <EarnTable ways={ways} />
        <ShopperCard ways={ways} today={today} />
        <KeyCard url={url} apiKey={apiKey} />
      </BlockStack>
    </AdminPage>
  );
}
