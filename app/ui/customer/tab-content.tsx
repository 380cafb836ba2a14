import { BlockStack, Box, Text } from '@shopify/polaris';
import type { ProfileTabContent } from '~/modules/insights/types';
import { CartTable } from '../carts/cart-table';
import { t } from '../i18n';
import { Pager } from '../pager';
import { MessageTable } from '../messages/message-table';
import { TimelineList } from '../timeline-list';
import { ConsentHistory } from './consent-history';
import { LedgerTable } from './ledger-table';
import { OrderTable } from './order-table';

/** What the chosen tab of a customer shows. */
export function TabContent({ content }: { content: ProfileTabContent }) {
  if (content.page.items.length === 0) {
    return (
      <Box padding="400">
        <Text as="p" tone="subdued">
          {t(`customer.empty.${content.tab}`)}
        </Text>
      </Box>
    );
  }
  switch (content.tab) {
    case 'timeline':
      return (
        <Box padding="400">
          <BlockStack gap="400">
            <TimelineList entries={content.page.items} />
            <Pager page={content.page} />
          </BlockStack>
        </Box>
      );
    case 'points':
      return <LedgerTable page={content.page} />;
    case 'messages':
      return <MessageTable page={content.page} ofOnePerson />;
    case 'orders':
      return <OrderTable page={content.page} />;
    case 'carts':
      return <CartTable page={content.page} ofOnePerson />;
    case 'consent':
      return <ConsentHistory page={content.page} />;
  }
}
