import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BlockStack } from '@shopify/polaris';
import { getAffiliate, getStatement } from '~/modules/affiliates/index.server';
import { getShopView } from '~/modules/insights/index.server';
import { withShop } from '~/platform/db/index.server';
import { requireShop } from '~/shopify.server';
import { StatementLines } from '~/ui/affiliates/statement-lines';
import { statementSums } from '~/ui/affiliates/words';
import { AdminPage } from '~/ui/admin-page';
import { answer } from '~/ui/answer';
import { createAdminFormat } from '~/ui/format';
import { t } from '~/ui/i18n';
import { titled } from '~/ui/page-meta';
import { idParam } from '~/ui/params';
import { SideNote } from '~/ui/side-note';
import { StatRow } from '~/ui/stat-row';

export { pageHeaders as headers } from '~/ui/page-headers.server';
export { PageError as ErrorBoundary } from '~/ui/page-error';

export const meta = titled('affiliates.statements.one');

const linesShown = 200;

/** A month of an affiliate's account, as they see it in their portal. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId } = await requireShop(request);
  return answer(() => {
    const affiliateId = idParam(params.id, 'affiliate');
    return withShop(shopId, async (tx) => {
      const { name } = await getAffiliate(tx, { shopId, affiliateId });
      const shop = await getShopView(tx, { shopId });
      const of = { shopId, affiliateId, month: params.month ?? '', timeZone: shop.timeZone };
      const { month, parts, lines } = await getStatement(tx, of);
      return {
        shop,
        affiliate: { id: affiliateId.toString(), name },
        statement: { month, parts, lines: lines.length },
        latest: lines
          .slice(-linesShown)
          .reverse()
          .map((line) => ({ ...line, at: line.at.toISOString() })),
      };
    });
  });
}

export default function AffiliateStatement() {
  const { shop, affiliate, statement, latest } = useLoaderData<typeof loader>();
  const format = createAdminFormat(shop);
  const { month, parts, lines } = statement;
  const name = affiliate.name ?? t('affiliates.erased');
  const url = `/app/affiliates/${affiliate.id}`;
  return (
    <AdminPage
      shop={shop}
      title={t('affiliates.statements.of', { month: format.month(`${month}-01`) })}
      subtitle={name}
      back={{ label: name, url }}
    >
      <BlockStack gap="400">
        {parts.map((part) => (
          <StatRow
            key={part.currency}
            stats={statementSums.map((name) => ({
              label: t(`affiliates.statements.${name}`),
              value: format.money(part[name], part.currency),
            }))}
          />
        ))}
        <StatementLines lines={latest} exportUrl={`${url}/statements/${month}/export`} />
        {latest.length < lines && (
          <SideNote>
            {t('affiliates.statements.shortened', {
              shown: format.number(latest.length),
              all: format.number(lines),
            })}
          </SideNote>
        )}
      </BlockStack>
    </AdminPage>
  );
}
