import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { getShopView } from '~/modules/insights/index.server';
import { findProgramme, findStock, updateProgramme } from '~/modules/referrals/index.server';
import { defaultProgramme } from '~/modules/referrals/types';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { requireShop } from '~/shopify.server';
import { AdminPage } from '~/ui/admin-page';
import { answer } from '~/ui/answer';
import { t } from '~/ui/i18n';
import { titled } from '~/ui/page-meta';
import { findProgrammeMistakes, toProgrammeDraft, type ProgrammeDraft } from '~/ui/referrals/programme-draft';
import { ProgrammeForm } from '~/ui/referrals/programme-form';
import type { DraftResult } from '~/ui/use-draft';

export { pageHeaders as headers } from '~/ui/page-headers.server';
export { PageError as ErrorBoundary } from '~/ui/page-error';
export { keepPage as clientAction, keepData as shouldRevalidate } from '~/ui/keep-page';

export const meta = titled('referrals.settings.title');

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await requireShop(request);
  return answer(() =>
    withShop(shopId, async (tx) => ({
      shop: await getShopView(tx, { shopId }),
      stock: await findStock(tx, { shopId }),
      draft: toProgrammeDraft((await findProgramme(tx, { shopId })) ?? defaultProgramme),
    })),
  );
}

export async function action({ request }: ActionFunctionArgs) {
  const { shopId } = await requireShop(request);
  const now = clock.now();
  return answer(async () => {
    const found = findProgrammeMistakes(await request.json());
    if ('errors' in found)
      return data<DraftResult<ProgrammeDraft>>({ errors: found.errors }, { status: 422 });
    await withShop(shopId, (tx) => updateProgramme(tx, { shopId, terms: found.terms, now }));
    return data<DraftResult<ProgrammeDraft>>({ saved: true });
  });
}

export default function ReferralSettings() {
  const { shop, draft, stock } = useLoaderData<typeof loader>();
  return (
    <AdminPage
      shop={shop}
      title={t('referrals.settings.title')}
      back={{ label: t('referrals.title'), url: '/app/referrals' }}
      narrowWidth
    >
      <ProgrammeForm key={JSON.stringify(draft)} saved={draft} stock={stock} />
    </AdminPage>
  );
}
