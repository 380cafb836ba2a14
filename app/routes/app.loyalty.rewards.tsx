import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BlockStack } from '@shopify/polaris';
import { z } from 'zod';
import { getAverageMargin, getShopView, listVariantChoices } from '~/modules/insights/index.server';
import {
  createReward,
  findTierProgramme,
  getReward,
  listRewards,
  listUnknownPayments,
  updateReward,
} from '~/modules/loyalty/index.server';
import { listMissingScopes } from '~/modules/loyalty/types';
import { getShop } from '~/modules/shops/index.server';
import { clock } from '~/platform/clock.server';
import { withShop, type Tx } from '~/platform/db/index.server';
import { requireShop } from '~/shopify.server';
import { AdminPage } from '~/ui/admin-page';
import { answer } from '~/ui/answer';
import { t } from '~/ui/i18n';
import { titled } from '~/ui/page-meta';
import { idParam, searchInput } from '~/ui/params';
import { findRewardMistakes } from '~/ui/rewards/reward-draft';
import type { RewardChoices } from '~/ui/rewards/reward-fields';
import { RewardForm, type RewardResult } from '~/ui/rewards/reward-form';
import { RewardBadge, RewardTable } from '~/ui/rewards/reward-table';
import { UnknownPayments } from '~/ui/rewards/unknown-payments';

export { pageHeaders as headers } from '~/ui/page-headers.server';
export { PageError as ErrorBoundary } from '~/ui/page-error';
export { keepPage as clientAction, keepData as shouldRevalidate } from '~/ui/keep-page';

export const meta = titled('rewards.title');

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await requireShop(request);
  const { reward: chosen } = searchInput(request);
  return answer(() =>
    withShop(shopId, async (tx) => {
      // A reward that is not there, or another shop's, is not found; one that is comes with the list.
      const editing =
        chosen === undefined || chosen === 'new'
          ? null
          : (await getReward(tx, { shopId, rewardId: idParam(chosen, 'reward') })).id;
      const rewards = await listRewards(tx, { shopId });
      const margin = chosen === undefined ? null : await getAverageMargin(tx, { shopId, now: clock.now() });
      return {
        shop: await getShopView(tx, { shopId }),
        rewards: rewards.map((reward) => ({ ...reward, id: String(reward.id) })),
        form:
          chosen === undefined
            ? null
            : { id: editing === null ? null : String(editing), choices: await readChoices(tx, shopId) },
        missing: listMissingScopes((await getShop(tx, { shopId })).scopes),
        margin: margin?.toFixed(4) ?? null,
        unknown: (await listUnknownPayments(tx, { shopId })).map(({ id, profileId, terms, reservedAt }) => ({
          id: String(id),
          profileId: String(profileId),
          title: terms.title,
          at: reservedAt.toISOString(),
        })),
      };
    }),
  );
}

async function readChoices(tx: Tx, shopId: number): Promise<RewardChoices> {
  const programme = await findTierProgramme(tx, { shopId, at: clock.now() });
  return {
    variants: await listVariantChoices(tx, { shopId }),
    tiers: (programme?.tiers ?? []).map(({ id, name }) => ({ id: String(id), name })),
  };
}

const actionSchema = z.discriminatedUnion('intent', [
  z.object({
    intent: z.literal('save'),
    id: z.string().nullable(),
    key: z.string().min(1).max(100),
    draft: z.unknown(),
  }),
  z.object({ intent: z.literal('switch'), id: z.string(), enabled: z.boolean() }),
]);

export async function action({ request }: ActionFunctionArgs) {
  const { shopId } = await requireShop(request);
  const now = clock.now();
  return answer(async () => {
    const input = actionSchema.parse(await request.json());
    if (input.intent === 'switch') {
      const change = { shopId, rewardId: idParam(input.id, 'reward'), enabled: input.enabled, now };
      await withShop(shopId, (tx) => updateReward(tx, change));
      return data<RewardResult>({ saved: true });
    }
    const found = findRewardMistakes(input.draft);
    if ('errors' in found) return data<RewardResult>({ errors: found.errors }, { status: 422 });
    const { terms } = found;
    const { id, key } = input;
    await withShop(shopId, (tx) =>
      id === null
        ? createReward(tx, { shopId, terms, key, now })
        : updateReward(tx, { shopId, rewardId: idParam(id, 'reward'), terms, now }),
    );
    return data<RewardResult>({ saved: true });
  });
}

export default function Rewards() {
  const { shop, rewards, form, margin, missing, unknown } = useLoaderData<typeof loader>();
  if (form) {
    const reward = rewards.find(({ id }) => id === form.id) ?? null;
    return (
      <AdminPage
        shop={shop}
        title={reward?.title ?? t('rewards.add')}
        titleMetadata={reward ? <RewardBadge reward={reward} missing={missing} /> : undefined}
        back={{ label: t('rewards.title'), url: '/app/loyalty/rewards' }}
        narrowWidth
      >
        <RewardForm key={form.id} reward={reward} margin={margin} choices={form.choices} missing={missing} />
      </AdminPage>
    );
  }
  return (
    <AdminPage
      shop={shop}
      title={t('rewards.title')}
      subtitle={t('rewards.intro')}
      back={{ label: t('loyalty.title'), url: '/app/loyalty' }}
      primaryAction={{ content: t('rewards.add'), url: '/app/loyalty/rewards?reward=new' }}
    >
      <BlockStack gap="400">
        <UnknownPayments payments={unknown} />
        <RewardTable rewards={rewards} missing={missing} />
      </BlockStack>
    </AdminPage>
  );
}
