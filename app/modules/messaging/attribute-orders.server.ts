import type { Tx } from '~/platform/db/index.server';
import type { Amount } from '~/platform/money';

/** Credits orders to the mails that brought them. Idempotent: the last revenue told for an order counts. */
export async function attributeOrders(
  _tx: Tx,
  _input: { shopId: number; orders: { messageId: bigint; orderId: bigint; revenue: Amount }[] },
): Promise<void> {
  throw new Error('not written yet');
}
