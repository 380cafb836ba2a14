import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BlockStack } from '@shopify/polaris';
import { z } from 'zod';
import { getShopView } from '~/modules/insights/index.server';
import {
  getAccounting,
  getExpiryRule,
  updateExpiryRule,
  updatePointValue,
} from '~/modules/loyalty/index.server';
import { accountingUnits } from '~/modules/loyalty/types';
import { clock } from '~/platform/clock.server';
import { withShop } from '~/platform/db/index.server';
import { requireShop } from '~/shopify.server';
import { AdminPage } from '~/ui/admin-page';
import { answer } from '~/ui/answer';
import { t } from '~/ui/i18n';
import { AccountsSettings } from '~/ui/loyalty/accounts-settings';
import { findAccountsMistakes, type AccountsResult } from '~/ui/loyalty/accounts-draft';
import { BooksCard } from '~/ui/loyalty/books-card';
import { BooksSummary } from '~/ui/loyalty/books-summary';
import { titled } from '~/ui/page-meta';
import { searchInput } from '~/ui/params';

export { pageHeaders as headers } from '~/ui/page-headers.server';
export { PageError as ErrorBoundary } from '~/ui/page-error';
export { keepPage as clientAction, keepData as shouldRevalidate } from '~/ui/keep-page';

export const meta = titled('loyalty.accounts.title');

const shown = { day: 31, month: 13 };
const querySchema = z.object({ tab: z.enum(accountingUnits).catch('day') });

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await requireShop(request);
  const { tab: unit } = querySchema.parse(searchInput(request));
  const now = clock.now();
  return answer(() =>
    withShop(shopId, async (tx) => {
      const report = await getAccounting(tx, { shopId, unit, periods: shown[unit], now });
      const { mode, days } = await getExpiryRule(tx, { shopId, at: now });
      return {
        shop: await getShopView(tx, { shopId }),
        report,
        saved: { mode, days: String(days), pointValue: report.pointValue ?? '' },
      };
    }),
  );
}

/** What a point is worth and when points expire are saved together. */
export async function action({ request }: ActionFunctionArgs) {
  const { shopId } = await requireShop(request);
  const found = findAccountsMistakes(await request.json());
  if ('errors' in found) return data<AccountsResult>({ errors: found.errors }, { status: 422 });
  const { pointValue, mode, days } = found.parsed;
  const now = clock.now();
  return answer(() =>
    withShop(shopId, async (tx) => {
      await updatePointValue(tx, { shopId, pointValue, now });
      await updateExpiryRule(tx, { shopId, mode, days, now });
      return data<AccountsResult>({ saved: true });
    }),
  );
}

export default function Accounts() {
  const { shop, report, saved } = useLoaderData<typeof loader>();
  return (
    <AdminPage
      shop={shop}
      title={t('loyalty.accounts.title')}
      back={{ label: t('loyalty.title'), url: '/app/loyalty' }}
    >
      <BlockStack gap="400">
        <BooksSummary report={report} />
        <BooksCard report={report} />
        <AccountsSettings key={JSON.stringify(saved)} saved={saved} />
      </BlockStack>
    </AdminPage>
  );
}
