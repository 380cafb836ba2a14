import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { getShopView } from '~/modules/insights/index.server';
import { createReward, getEarnRule, listRewards, updateEarnRule } from '~/modules/loyalty/index.server';
import { updateSettings } from '~/modules/shops/index.server';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { requireShop } from '~/shopify.server';
import { AdminPage } from '~/ui/admin-page';
import { answer } from '~/ui/answer';
import { t } from '~/ui/i18n';
import { titled } from '~/ui/page-meta';
import { findSetupMistakes } from '~/ui/reach/setup-draft';
import { SetupForm, type SetupResult } from '~/ui/reach/setup-form';

export { pageHeaders as headers } from '~/ui/page-headers.server';
export { PageError as ErrorBoundary } from '~/ui/page-error';
export { keepPage as clientAction, keepData as shouldRevalidate } from '~/ui/keep-page';

export const meta = titled('reach.setup.title');

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await requireShop(request);
  return answer(() =>
    withShop(shopId, async (tx) => {
      const rule = await getEarnRule(tx, { shopId, at: clock.now() });
      const rewards = await listRewards(tx, { shopId });
      return {
        shop: await getShopView(tx, { shopId }),
        pointsPerUnit: rule.pointsPerUnit.toString(),
        enabled: rule.enabled,
        rewards: rewards.filter((reward) => reward.enabled).map(({ title, points }) => ({ title, points })),
      };
    }),
  );
}

const actionSchema = z.object({ key: z.string().min(1).max(100), draft: z.unknown() });

/** Switches earning on with this rate, and adds the first reward. Sent twice, it makes one. */
export async function action({ request }: ActionFunctionArgs) {
  const { shopId } = await requireShop(request);
  const now = clock.now();
  return answer(async () => {
    const { key, draft } = actionSchema.parse(await request.json());
    const found = findSetupMistakes(draft);
    if ('errors' in found) return data<SetupResult>({ errors: found.errors }, { status: 422 });
    const { pointsPerUnit, reward: terms } = found.parsed;
    await withShop(shopId, async (tx) => {
      await updateEarnRule(tx, { shopId, changes: { enabled: true, pointsPerUnit }, now });
      // The set-up guide takes the rule for checked, also when it stayed as it was.
      await updateSettings(tx, { shopId, changes: {}, now });
      if (terms) await createReward(tx, { shopId, terms, key, now });
    });
    return data<SetupResult>({ saved: true });
  });
}

export default function LoyaltySetup() {
  const { shop, ...saved } = useLoaderData<typeof loader>();
  return (
    <AdminPage
      shop={shop}
      title={t('reach.setup.title')}
      subtitle={t('reach.setup.intro')}
      back={{ label: t('loyalty.title'), url: '/app/loyalty' }}
    >
      <SetupForm key={JSON.stringify(saved)} {...saved} />
    </AdminPage>
  );
}
