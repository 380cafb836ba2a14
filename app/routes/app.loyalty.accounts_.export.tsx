import type { LoaderFunctionArgs } from '@remix-run/node';
import { data } from '@remix-run/node';
import { z } from 'zod';
import { getAccounting } from '~/modules/loyalty/index.server';
import { accountingUnits } from '~/modules/loyalty/types';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { requireShop } from '~/shopify.server';
import { answer } from '~/ui/answer';
import { booksFile } from '~/ui/loyalty/books-file';
import { searchInput } from '~/ui/params';

export { keepPageLoading as clientLoader } from '~/ui/keep-page';

const exported = { day: 366, month: 120 };
const querySchema = z.object({ unit: z.enum(accountingUnits).catch('day') });

/** The books of a year by day, or of ten by month, for the accounts page to save as a file. Not a page of its own. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await requireShop(request);
  const { unit } = querySchema.parse(searchInput(request));
  const report = await answer(() =>
    withShop(shopId, (tx) => getAccounting(tx, { shopId, unit, periods: exported[unit], now: clock.now() })),
  );
  return data(
    { name: `points-by-${unit}.csv`, file: booksFile(report) },
    { headers: { 'Cache-Control': 'no-store' } },
  );
}
