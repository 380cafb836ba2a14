import type { LoaderFunctionArgs } from '@remix-run/node';
import { data } from '@remix-run/node';
import { listFailedLines } from '~/modules/loyalty/index.server';
import { withShop } from '~/platform/db/index.server';
import { requireShop } from '~/shopify.server';
import { failedFile } from '~/ui/adjustments/failed-file';
import { answer } from '~/ui/answer';
import { idParam, searchInput } from '~/ui/params';

export { keepPageLoading as clientLoader } from '~/ui/keep-page';

const limit = 1_000_000; // more than a batch has

/** The lines of a batch that failed, for its page to save as a file. Not a page of its own. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await requireShop(request);
  const { batch } = searchInput(request);
  const lines = await answer(async () => {
    const batchId = idParam(batch, 'batch');
    return withShop(shopId, (tx) => listFailedLines(tx, { shopId, batchId, limit }));
  });
  return data(
    { name: 'points-failed-lines.csv', file: failedFile(lines) },
    { headers: { 'Cache-Control': 'no-store' } },
  );
}
