import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { data } from '@remix-run/node';
import { useFetcher, useLoaderData } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { BlockStack, Layout } from '@shopify/polaris';
import { useState } from 'react';
import { z } from 'zod';
import { enqueue } from '~/jobs/enqueue.server';
import { getShopView, getTierState } from '~/modules/insights/index.server';
import {
  findTierProgramme,
  listRewards,
  listTierBenefits,
  listWaitingGifts,
  previewTiers,
  updateTierBenefits,
  updateTierProgramme,
} from '~/modules/loyalty/index.server';
import { listMissingScopes, type TierPreview } from '~/modules/loyalty/types';
import { getShop } from '~/modules/shops/index.server';
import { clock } from '~/platform/clock.server';
import { withShop, type Tx } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { requireShop } from '~/shopify.server';
import { AdminPage } from '~/ui/admin-page';
import { answer } from '~/ui/answer';
import { DraftForm } from '~/ui/draft-form';
import { t } from '~/ui/i18n';
import { readBenefits, type BenefitsResult } from '~/ui/loyalty/benefits-draft';
import { RecomputeProgress } from '~/ui/loyalty/recompute-progress';
import { TierBenefitsSection, type TierBenefitsProps } from '~/ui/loyalty/tier-benefits-card';
import { TierPreviewSection } from '~/ui/loyalty/tier-preview-card';
import {
  findTierMistakes,
  toTiersDraft,
  type TierErrors,
  type TiersFormDraft,
} from '~/ui/loyalty/tiers-draft';
import { TermsSection, TierList } from '~/ui/loyalty/tiers-form';
import { titled } from '~/ui/page-meta';
import { useAnswer } from '~/ui/use-answer';
import { useDraftState } from '~/ui/use-draft-state';

export { pageHeaders as headers } from '~/ui/page-headers.server';
export { PageError as ErrorBoundary } from '~/ui/page-error';
export { keepPage as clientAction, keepData as shouldRevalidate } from '~/ui/keep-page';

export const meta = titled('tiers.title');

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await requireShop(request);
  return answer(() =>
    withShop(shopId, async (tx) => {
      const programme = await findTierProgramme(tx, { shopId, at: clock.now() });
      const tiers = programme?.tiers.map(({ threshold, multiplier, ...tier }) => ({
        ...tier,
        threshold: threshold.toString(),
        multiplier: multiplier.toString(),
      }));
      return {
        shop: await getShopView(tx, { shopId }),
        saved: toTiersDraft(programme && tiers ? { ...programme, tiers } : null),
        state: await getTierState(tx, { shopId }),
        ...(await readTierBenefits(tx, shopId, tiers ?? [])),
      };
    }),
  );
}

/** What each tier gives besides points, and the rewards that can be gifts. */
async function readTierBenefits(
  tx: Tx,
  shopId: number,
  tiers: { id: number; name: string }[],
): Promise<TierBenefitsProps> {
  const saved = new Map((await listTierBenefits(tx, { shopId })).map((row) => [row.tierId, row]));
  const rewards = await listRewards(tx, { shopId });
  return {
    benefits: tiers.map(({ id, name }) => ({
      tierId: id,
      name,
      birthdayPoints: String(saved.get(id)?.birthdayPoints ?? 0),
      giftRewardId: saved.get(id)?.giftRewardId?.toString() ?? '',
    })),
    rewards: rewards
      .filter(({ slider }) => slider === null)
      .map(({ id, title, enabled, kind }) => ({ id: String(id), title, enabled, kind })),
    missing: listMissingScopes((await getShop(tx, { shopId })).scopes),
    waiting: Object.fromEntries(await listWaitingGifts(tx, { shopId })),
  };
}

type TiersResult = { errors: TierErrors } | { saved: true } | { preview: TierPreview; of: string };

const requestSchema = z.object({ intent: z.enum(['preview', 'save', 'benefits']), draft: z.unknown() });

export async function action({ request }: ActionFunctionArgs) {
  const { shopId } = await requireShop(request);
  const { intent, draft } = requestSchema.parse(await request.json());
  if (intent === 'benefits') return saveBenefits(shopId, draft);
  const found = findTierMistakes(draft);
  if ('errors' in found) return data<TiersResult>({ errors: found.errors }, { status: 422 });
  const input = { shopId, draft: found.parsed, now: clock.now() };
  if (intent === 'preview') {
    const preview = await answer(() => withShop(shopId, (tx) => previewTiers(tx, input)));
    return data<TiersResult>({ preview, of: JSON.stringify(draft) });
  }
  await answer(() => withShop(shopId, (tx) => updateTierProgramme(tx, input)));
  await enqueue('loyalty.tiers', { shopId });
  return data<TiersResult>({ saved: true });
}

async function saveBenefits(shopId: number, draft: unknown) {
  const found = readBenefits(draft);
  if ('errors' in found) return data<BenefitsResult>({ errors: found.errors }, { status: 422 });
  return answer(async () => {
    try {
      await withShop(shopId, (tx) => updateTierBenefits(tx, { shopId, benefits: found.benefits }));
      return data<BenefitsResult>({ saved: true });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'invalid') throw error;
      return data<BenefitsResult>({ refused: error.userMessage }, { status: 422 });
    }
  });
}

export default function Tiers() {
  const { shop, saved, state, benefits, ...gifts } = useLoaderData<typeof loader>();
  return (
    <AdminPage
      shop={shop}
      title={t('tiers.title')}
      subtitle={t('tiers.intro')}
      back={{ label: t('loyalty.title'), url: '/app/loyalty' }}
    >
      <BlockStack gap="400">
        <RecomputeProgress recompute={state.recompute} />
        {/* What was saved is where editing starts anew. */}
        <TiersForm key={JSON.stringify(saved)} saved={saved} members={state.members} />
        {benefits.length > 0 && (
          <Layout>
            <TierBenefitsSection key={JSON.stringify(benefits)} benefits={benefits} {...gifts} />
          </Layout>
        )}
      </BlockStack>
    </AdminPage>
  );
}

interface TiersFormProps {
  saved: TiersFormDraft;
  members: { tierId: number; people: number }[];
}

function TiersForm({ saved, members }: TiersFormProps) {
  const form = useDraftState(saved, findTierMistakes);
  const { send, sending, preview } = useTiersAction(form.setErrors);
  const submit = (intent: Intent) => form.check((draft) => send(intent, draft));
  const section = { ...form, members };
  return (
    <DraftForm form={{ ...form, saving: sending === 'save', save: () => submit('save') }}>
      <Layout>
        <TermsSection {...section} />
        <TierList {...section} />
        <TierPreviewSection
          preview={preview?.preview ?? null}
          stale={preview !== null && preview.of !== JSON.stringify(form.draft)}
          loading={sending === 'preview'}
          onPreview={() => submit('preview')}
        />
      </Layout>
    </DraftForm>
  );
}

type Intent = 'preview' | 'save';

function useTiersAction(onErrors: (errors: TierErrors) => void) {
  const shopify = useAppBridge();
  const fetcher = useFetcher<TiersResult>();
  const [asked, setAsked] = useState<Intent>('preview');
  const result = fetcher.data;
  useAnswer(result, (answer) => {
    if ('errors' in answer) onErrors(answer.errors);
    else if ('saved' in answer) shopify.toast.show(t('tiers.saved'));
  });
  return {
    send: (intent: Intent, draft: TiersFormDraft) => {
      setAsked(intent);
      fetcher.submit(JSON.stringify({ intent, draft }), { method: 'post', encType: 'application/json' });
    },
    sending: fetcher.state === 'idle' ? null : asked,
    preview: result && 'preview' in result ? result : null,
  };
}
