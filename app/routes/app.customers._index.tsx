import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BlockStack, Card } from '@shopify/polaris';
import { getCustomersPage } from '~/modules/insights/index.server';
import { profileQuerySchema, type Count } from '~/modules/insights/types';
import { withShop } from '~/platform/db/index.server';
import { requireShop } from '~/shopify.server';
import { AdminPage } from '~/ui/admin-page';
import { answer } from '~/ui/answer';
import { CustomerFilters } from '~/ui/customers/customer-filters';
import { CustomerTable } from '~/ui/customers/customer-table';
import { EmptyCard } from '~/ui/empty-card';
import { t } from '~/ui/i18n';
import { searchInput } from '~/ui/params';
import { useFormat } from '~/ui/shop-context';
import { SideNote } from '~/ui/side-note';
import { titled } from '~/ui/page-meta';

export { pageHeaders as headers } from '~/ui/page-headers.server';
export { PageError as ErrorBoundary } from '~/ui/page-error';

export const meta = titled('customers.title');

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await requireShop(request);
  const query = profileQuerySchema.parse(searchInput(request));
  return answer(() => withShop(shopId, (tx) => getCustomersPage(tx, { shopId, query })));
}

export default function Customers() {
  const { shop, profiles, count, tags, empty } = useLoaderData<typeof loader>();
  return (
    <AdminPage shop={shop} title={t('customers.title')} fullWidth>
      {empty ? (
        <Card>
          <EmptyCard
            title={t('customers.emptyTitle')}
            text={t('customers.emptyText')}
            action={{ content: t('customers.emptyAction'), url: '/app/health' }}
          />
        </Card>
      ) : (
        <BlockStack gap="200">
          <Card padding="0">
            <CustomerFilters tags={tags} />
            <CustomerTable page={profiles} />
          </Card>
          <HowMany count={count} />
        </BlockStack>
      )}
    </AdminPage>
  );
}

function HowMany({ count }: { count: Count }) {
  const format = useFormat();
  return (
    <SideNote>
      {count.exact
        ? t('customers.count', { count: count.value })
        : t('customers.about', { people: format.number(count.value) })}
    </SideNote>
  );
}
