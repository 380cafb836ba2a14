import type { LoaderFunctionArgs } from '@remix-run/node';
import { data } from '@remix-run/node';
import { listPayouts } from '~/modules/affiliates/index.server';
import { withShop } from '~/platform/db/index.server';
import { notFound } from '~/platform/errors';
import { requireShop } from '~/shopify.server';
import { payoutFile } from '~/ui/affiliates/payout-file';
import { answer } from '~/ui/answer';
import { idParam, searchInput } from '~/ui/params';

export { keepPageLoading as clientLoader } from '~/ui/keep-page';

/** One payout as a file for the page to save. Not a page of its own. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await requireShop(request);
  const batch = await answer(async () => {
    const batchId = idParam(searchInput(request).batch, 'payout');
    const [found] = await withShop(shopId, (tx) => listPayouts(tx, { shopId, batchId }));
    if (!found) throw notFound('payout');
    return found;
  });
  return data(
    { name: `payout-${batch.id}-${batch.currency}.csv`, file: payoutFile(batch) },
    { headers: { 'Cache-Control': 'no-store' } },
  );
}
