import type { Tx } from '~/platform/db/index.server';
import { getShopView } from './get-shop-view.server';
import { listMessages } from './list-messages.server';
import type { MessageQuery, MessagesPage } from './types';

export async function getMessagesPage(
  tx: Tx,
  input: { shopId: number; query: MessageQuery },
): Promise<MessagesPage> {
  return { shop: await getShopView(tx, input), messages: await listMessages(tx, { ...input, limit: 50 }) };
}
