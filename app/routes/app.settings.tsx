import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Box, Layout } from '@shopify/polaris';
import { getShopView, listChosenGoods, listPrivacyRequests } from '~/modules/insights/index.server';
import { getEarnRule, updateEarnRule } from '~/modules/loyalty/index.server';
import { getSettings, updateSettings } from '~/modules/shops/index.server';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { requireShop } from '~/shopify.server';
import { AdminPage } from '~/ui/admin-page';
import { answer } from '~/ui/answer';
import { DraftForm } from '~/ui/draft-form';
import { t } from '~/ui/i18n';
import { EarnSection } from '~/ui/settings/earn-section';
import { CartsSection, LimitsSection } from '~/ui/settings/limits-section';
import { PrivacySection } from '~/ui/settings/privacy-section';
import { SenderSection } from '~/ui/settings/sender-section';
import {
  findMistakes,
  fromDraft,
  toDraft,
  type DraftErrors,
  type SettingsDraft,
} from '~/ui/settings/settings-draft';
import type { ChosenTitles } from '~/ui/target-fields';
import { titled } from '~/ui/page-meta';
import { useDraft } from '~/ui/use-draft';

export { pageHeaders as headers } from '~/ui/page-headers.server';
export { PageError as ErrorBoundary } from '~/ui/page-error';
export { keepPage as clientAction, keepData as shouldRevalidate } from '~/ui/keep-page';

export const meta = titled('settings.title');

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await requireShop(request);
  return answer(() =>
    withShop(shopId, async (tx) => {
      const rule = await getEarnRule(tx, { shopId, at: clock.now() });
      const saved = toDraft(rule, await getSettings(tx, { shopId }));
      return {
        shop: await getShopView(tx, { shopId }),
        saved,
        chosen: await listChosenGoods(tx, { shopId, list: saved }),
        privacy: await listPrivacyRequests(tx, { shopId, limit: 50 }),
      };
    }),
  );
}

type SaveResult = { saved: true } | { errors: DraftErrors };

export async function action({ request }: ActionFunctionArgs) {
  const { shopId } = await requireShop(request);
  const found = findMistakes(await request.json());
  if ('errors' in found) return data<SaveResult>({ errors: found.errors }, { status: 422 });
  const { rule, settings } = fromDraft(found.parsed);
  const now = clock.now();
  return answer(() =>
    withShop(shopId, async (tx) => {
      await updateEarnRule(tx, { shopId, changes: rule, now });
      await updateSettings(tx, { shopId, changes: settings, now });
      return data<SaveResult>({ saved: true });
    }),
  );
}

export default function Settings() {
  const { shop, saved, chosen, privacy } = useLoaderData<typeof loader>();
  return (
    <AdminPage shop={shop} title={t('settings.title')}>
      {/* What was saved is where editing starts anew. */}
      <SettingsForm key={JSON.stringify(saved)} saved={saved} chosen={chosen} />
      <Box paddingBlockStart="400">
        <Layout>
          <PrivacySection requests={privacy} />
        </Layout>
      </Box>
    </AdminPage>
  );
}

function SettingsForm({ saved, chosen }: { saved: SettingsDraft; chosen: ChosenTitles }) {
  const form = useDraft(saved, findMistakes);
  return (
    <DraftForm form={form}>
      <Layout>
        <EarnSection {...form} chosen={chosen} />
        <SenderSection {...form} />
        <CartsSection {...form} />
        <LimitsSection {...form} />
      </Layout>
    </DraftForm>
  );
}
