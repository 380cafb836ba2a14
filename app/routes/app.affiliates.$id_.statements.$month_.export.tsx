import type { LoaderFunctionArgs } from '@remix-run/node';
import { data } from '@remix-run/node';
import { getAffiliate, getStatement } from '~/modules/affiliates/index.server';
import { getShopView } from '~/modules/insights/index.server';
import { withShop } from '~/platform/db/index.server';
import { partnerLocale } from '~/processes/partner-locale.server';
import { requireShop } from '~/shopify.server';
import { answer } from '~/ui/answer';
import { idParam } from '~/ui/params';
import { statementFile } from '~/ui/partners/statement-page.server';

/** A month of an affiliate's account as the file they get, in the language of the admin, for the page to save. Not a page of its own. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await requireShop(request);
  const { statement, timeZone } = await answer(() => {
    const affiliateId = idParam(params.id, 'affiliate');
    return withShop(shopId, async (tx) => {
      await getAffiliate(tx, { shopId, affiliateId });
      const { timeZone } = await getShopView(tx, { shopId });
      const of = { shopId, affiliateId, month: params.month ?? '', timeZone };
      return { statement: await getStatement(tx, of), timeZone };
    });
  });
  return data(
    {
      name: `statement-${params.id}-${statement.month}.csv`,
      file: statementFile(statement, { locale: partnerLocale(null), timeZone }),
    },
    { headers: { 'Cache-Control': 'no-store' } },
  );
}
