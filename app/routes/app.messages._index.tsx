import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Box, Card, Text } from '@shopify/polaris';
import { getMessagesPage } from '~/modules/insights/index.server';
import { messageQuerySchema, messageTabs, type MessageTab } from '~/modules/insights/types';
import { withShop } from '~/platform/db/index.server';
import { requireShop } from '~/shopify.server';
import { AdminPage } from '~/ui/admin-page';
import { answer } from '~/ui/answer';
import { EmptyCard } from '~/ui/empty-card';
import { t } from '~/ui/i18n';
import { MessageTable } from '~/ui/messages/message-table';
import { searchInput } from '~/ui/params';
import { UrlTabs } from '~/ui/url-tabs';
import { titled } from '~/ui/page-meta';

export { pageHeaders as headers } from '~/ui/page-headers.server';
export { PageError as ErrorBoundary } from '~/ui/page-error';

export const meta = titled('messages.title');

export async function loader({ request }: LoaderFunctionArgs) {
  const { shopId } = await requireShop(request);
  const query = messageQuerySchema.parse(searchInput(request));
  const page = await answer(() => withShop(shopId, (tx) => getMessagesPage(tx, { shopId, query })));
  return { ...page, tab: query.tab };
}

export default function Messages() {
  const { shop, messages, tab } = useLoaderData<typeof loader>();
  return (
    <AdminPage
      shop={shop}
      title={t('messages.title')}
      fullWidth
      primaryAction={{ content: t('messages.sendTest'), url: '/app/messages/test' }}
      secondaryActions={[{ content: t('words.title'), url: '/app/messages/words' }]}
    >
      <Card padding="0">
        <UrlTabs tabs={messageTabs} selected={tab} label={(name) => t(`messages.tab.${name}`)} />
        {messages.items.length > 0 ? <MessageTable page={messages} /> : <Empty tab={tab} />}
      </Card>
    </AdminPage>
  );
}

function Empty({ tab }: { tab: MessageTab }) {
  if (tab === 'all') {
    return (
      <EmptyCard
        title={t('messages.empty.title')}
        text={t('messages.empty.text')}
        action={{ content: t('messages.empty.action'), url: '/app/flows' }}
      />
    );
  }
  return (
    <Box padding="800">
      <Text as="p" tone="subdued" alignment="center">
        {t(`messages.empty.${tab}`)}
      </Text>
    </Box>
  );
}
