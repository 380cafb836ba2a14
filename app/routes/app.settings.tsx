import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { data } from '@remix-run/node';
import { useFetcher, useLoaderData } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { Banner, Box, Layout } from '@shopify/polaris';
import { useEffect, useRef, useState } from 'react';
import { getShopView, listPrivacyRequests } from '~/modules/insights/index.server';
import { getEarnRule, updateEarnRule } from '~/modules/loyalty/index.server';
import { getSettings, updateSettings } from '~/modules/shops/index.server';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { requireShop } from '~/shopify.server';
import { AdminPage } from '~/ui/admin-page';
import { answer } from '~/ui/answer';
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
import { UnsavedChanges } from '~/ui/unsaved-changes';
import { titled } from '~/ui/page-meta';

export { pageHeaders as headers } from '~/ui/page-headers.server';
export { PageError as ErrorBoundary } from '~/ui/page-error';

export const meta = titled('settings.title');

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await requireShop(request);
  return answer(() =>
    withShop(shopId, async (tx) => {
      const {
        pointsPerUnit,
        minimum,
        effectiveFrom: _effectiveFrom,
        ...rule
      } = await getEarnRule(tx, { shopId, at: clock.now() });
      return {
        shop: await getShopView(tx, { shopId }),
        saved: toDraft(
          { ...rule, pointsPerUnit: pointsPerUnit.toString(), minimum: minimum?.toString() ?? null },
          await getSettings(tx, { shopId }),
        ),
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
  const { shop, saved, privacy } = useLoaderData<typeof loader>();
  return (
    <AdminPage shop={shop} title={t('settings.title')}>
      {/* What was saved is where editing starts anew. */}
      <SettingsForm key={JSON.stringify(saved)} saved={saved} />
      <Box paddingBlockStart="400">
        <Layout>
          <PrivacySection requests={privacy} />
        </Layout>
      </Box>
    </AdminPage>
  );
}

function SettingsForm({ saved }: { saved: SettingsDraft }) {
  const [draft, setDraft] = useState(saved);
  const [errors, setErrors] = useState<DraftErrors>({});
  const { submit, saving } = useSave(setErrors);
  const dirty = JSON.stringify(draft) !== JSON.stringify(saved);
  const change = (changes: Partial<SettingsDraft>) => {
    setDraft((current) => ({ ...current, ...changes }));
    // A field that is being corrected is not wrong until it is saved again.
    setErrors((current) =>
      Object.fromEntries(Object.entries(current).filter(([name]) => !(name in changes))),
    );
  };
  const discard = () => {
    setDraft(saved);
    setErrors({});
  };
  const save = () => {
    const found = findMistakes(draft);
    if ('errors' in found) setErrors(found.errors);
    else submit(draft);
  };
  const section = { draft, errors, change };
  useFocusOnMistake(errors);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <UnsavedChanges id="settings" dirty={dirty} saving={saving} onSave={save} onDiscard={discard} />
      <Layout>
        {Object.keys(errors).length > 0 && (
          <Layout.Section>
            <Banner tone="critical">{t('errors.notSaved')}</Banner>
          </Layout.Section>
        )}
        <EarnSection {...section} />
        <SenderSection {...section} />
        <CartsSection {...section} />
        <LimitsSection {...section} />
      </Layout>
    </form>
  );
}

/** Saving leads to the first field that has to be corrected; correcting it leads nowhere else. */
function useFocusOnMistake(errors: DraftErrors): void {
  const mistakes = Object.keys(errors).length;
  const before = useRef(0);
  useEffect(() => {
    if (mistakes > before.current) document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    before.current = mistakes;
  }, [mistakes]);
}

function useSave(onErrors: (errors: DraftErrors) => void): {
  submit: (draft: SettingsDraft) => void;
  saving: boolean;
} {
  const shopify = useAppBridge();
  const fetcher = useFetcher<SaveResult>();
  const result = fetcher.data;
  useEffect(() => {
    if (!result) return;
    if ('errors' in result) onErrors(result.errors);
    else shopify.toast.show(t('settings.saved'));
  }, [result, shopify, onErrors]);
  return {
    submit: (draft) => fetcher.submit(draft, { method: 'post', encType: 'application/json' }),
    saving: fetcher.state !== 'idle',
  };
}
