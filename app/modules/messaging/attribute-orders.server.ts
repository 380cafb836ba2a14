import type { Tx } from '~/platform/db/index.server';
import type { Amount } from '~/platform/money';

/** Credits orders to the mails that brought them. Idempotent: the revenue told last counts, so that refunds lower it. */
export async function attributeOrders(
  tx: Tx,
  input: { shopId: number; orders: { messageId: bigint; orderId: bigint; revenue: Amount }[] },
): Promise<void> {
  if (input.orders.length === 0) return;
  await tx.$executeRaw`
    UPDATE messages m SET order_id = o.order_id, revenue = o.revenue::numeric
    FROM unnest(${input.orders.map((order) => order.messageId)}::bigint[],
                ${input.orders.map((order) => order.orderId)}::bigint[],
                ${input.orders.map((order) => order.revenue.toString())}::text[]) AS o(message_id, order_id, revenue)
    WHERE m.shop_id = ${input.shopId} AND m.id = o.message_id`;
}
