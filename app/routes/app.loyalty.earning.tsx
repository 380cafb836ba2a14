import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BlockStack } from '@shopify/polaris';
import { z } from 'zod';
import { getShopView, listChosenGoods } from '~/modules/insights/index.server';
import {
  findEarnKey,
  getPointValue,
  listCampaigns,
  listEarnActions,
  previewCampaign,
  previewEarnAction,
  rotateEarnKey,
  updateCampaign,
  updateEarnAction,
} from '~/modules/loyalty/index.server';
import { earnTriggers, isoDayIn, type Campaign, type EarnAction } from '~/modules/loyalty/types';
import { clock } from '~/platform/clock.server';
import { withShop, type Tx } from '~/platform/db/index.server';
import { env } from '~/platform/env.server';
import { notFound } from '~/platform/errors';
import { decimal } from '~/platform/money';
import { requireShop } from '~/shopify.server';
import { AdminPage } from '~/ui/admin-page';
import { answer } from '~/ui/answer';
import { findCampaignMistakes, type CampaignView } from '~/ui/earning/campaign-draft';
import { CampaignForm } from '~/ui/earning/campaign-form';
import { CampaignTable } from '~/ui/earning/campaign-table';
import { findEarnMistakes, type EarnView } from '~/ui/earning/earn-draft';
import { EarnForm } from '~/ui/earning/earn-form';
import { EarnTable } from '~/ui/earning/earn-table';
import { KeyCard } from '~/ui/earning/key-card';
import { ShopperCard } from '~/ui/earning/shopper-card';
import type { RuleResult } from '~/ui/earning/use-rule-form';
import { t, word } from '~/ui/i18n';
import { titled } from '~/ui/page-meta';
import { searchInput } from '~/ui/params';

export { pageHeaders as headers } from '~/ui/page-headers.server';
export { PageError as ErrorBoundary } from '~/ui/page-error';
export { keepPage as clientAction, keepData as shouldRevalidate } from '~/ui/keep-page';

export const meta = titled('earning.title');

const list = '/app/loyalty/earning';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await requireShop(request);
  const { way, campaign } = searchInput(request);
  return answer(() =>
    withShop(shopId, async (tx) => {
      const shop = await getShopView(tx, { shopId });
      const ways = (await listEarnActions(tx, { shopId })).map(toView);
      const key = await findEarnKey(tx, { shopId });
      const saved = ways.find(({ code }) => code === way) ?? null;
      const trigger = saved?.trigger ?? earnTriggers.find((one) => one === way);
      // A custom event that is not there, or another shop's, is not found.
      if (way !== undefined && trigger === undefined) throw notFound('way to earn');
      const campaigns = (await listCampaigns(tx, { shopId })).map(toCampaignView);
      const chosen = campaigns.find(({ id }) => String(id) === campaign) ?? null;
      if (campaign !== undefined && campaign !== 'new' && !chosen) throw notFound('campaign');
      return {
        shop,
        ways,
        campaigns,
        campaignForm:
          campaign === undefined
            ? null
            : { saved: chosen, chosen: await listChosenGoods(tx, { shopId, list: chosen }) },
        form: trigger === undefined ? null : { trigger, saved },
        today: isoDayIn(shop.timeZone, clock.now()),
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

function toCampaignView({ factor, minimum, productIds, collectionIds, ...campaign }: Campaign): CampaignView {
  const { version: _version, effectiveFrom: _from, ...rest } = campaign;
  return {
    ...rest,
    factor: factor.toString(),
    minimum: minimum?.toString() ?? null,
    productIds: productIds.map(String),
    collectionIds: collectionIds.map(String),
  };
}

/** Of a campaign, when it says which (null: a new one); of a way to earn otherwise. */
const campaignId = z.number().int().positive().nullable().optional();
const actionSchema = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('save'), draft: z.unknown(), campaign: campaignId }),
  z.object({ intent: z.literal('preview'), draft: z.unknown(), campaign: campaignId }),
  z.object({ intent: z.literal('rotate') }),
]);

export async function action({ request }: ActionFunctionArgs) {
  const { shopId } = await requireShop(request);
  const now = clock.now();
  return answer(async () => {
    const input = actionSchema.parse(await request.json());
    if (input.intent === 'rotate')
      return data(await withShop(shopId, (tx) => rotateEarnKey(tx, { shopId, now })));
    const { intent, draft, campaign } = input;
    const by = { shopId, now, intent, draft };
    return campaign === undefined ? changeWay(by) : changeCampaign({ ...by, id: campaign });
  });
}

interface RuleChange {
  shopId: number;
  now: Date;
  intent: 'save' | 'preview';
  draft: unknown;
}

async function changeWay({ shopId, now, intent, draft: given }: RuleChange) {
  const found = findEarnMistakes(given);
  if ('errors' in found) return data<RuleResult>({ errors: found.errors }, { status: 422 });
  const input = { shopId, now, draft: found.parsed };
  return withShop(shopId, async (tx) => {
    if (intent === 'save') {
      await updateEarnAction(tx, input);
      return data<RuleResult>({ saved: true });
    }
    const preview = await previewEarnAction(tx, input);
    const cost = await costOf(tx, shopId, preview.points);
    return data<RuleResult>({ preview, cost, of: JSON.stringify(given) });
  });
}

async function changeCampaign({ shopId, now, intent, draft: given, id }: RuleChange & { id: number | null }) {
  const found = findCampaignMistakes(given);
  if ('errors' in found) return data<RuleResult>({ errors: found.errors }, { status: 422 });
  const input = { shopId, id, now, draft: found.parsed };
  return withShop(shopId, async (tx) => {
    if (intent === 'save') {
      await updateCampaign(tx, input);
      return data<RuleResult>({ saved: true });
    }
    const preview = await previewCampaign(tx, input);
    const cost = await costOf(tx, shopId, preview.points);
    return data<RuleResult>({ preview, cost, of: JSON.stringify(given) });
  });
}

async function costOf(tx: Tx, shopId: number, points: number): Promise<string | null> {
  const value = await getPointValue(tx, { shopId });
  return value === null ? null : decimal(value).times(points).toFixed(2);
}

export default function Earning() {
  const { shop, ways, form, campaigns, campaignForm, today, apiKey, url } = useLoaderData<typeof loader>();
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
  if (campaignForm)
    return (
      <AdminPage
        shop={shop}
        title={campaignForm.saved?.title ?? t('campaigns.add')}
        back={{ label: t('earning.title'), url: list }}
        narrowWidth
      >
        <CampaignForm key={JSON.stringify(campaignForm.saved)} {...campaignForm} />
      </AdminPage>
    );
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
        <CampaignTable campaigns={campaigns} today={today} />
        <ShopperCard ways={ways} today={today} />
        <KeyCard url={url} apiKey={apiKey} />
      </BlockStack>
    </AdminPage>
  );
}
