import type { Tx } from '~/platform/db/index.server';
import type { Judgement } from './judge-order';

export interface UpdateHoldsInput {
  shopId: number;
  judged: (Judgement & { order: { orderId: bigint } })[];
  mayHold: boolean; // false: no version of the rule ever held points back, so there is nothing to write
}

/** Writes down until when the points of these orders are held back, and drops the holds of those whose points are not. */
export async function updateHolds(tx: Tx, { shopId, judged, mayHold }: UpdateHoldsInput): Promise<void> {
  if (!mayHold || judged.length === 0) return;
  const [held, free] = [judged.filter(isHeld), judged.filter((one) => !isHeld(one))];
  if (held.length > 0) {
    await tx.$executeRaw`
      INSERT INTO point_holds (shop_id, order_id, due_at)
      SELECT ${shopId}::int, order_id, due_at
      FROM unnest(${held.map((one) => one.order.orderId)}::bigint[], ${held.map((one) => one.dueAt)}::timestamptz[]) AS t(order_id, due_at)
      ORDER BY order_id
      ON CONFLICT (shop_id, order_id) DO UPDATE SET due_at = excluded.due_at`;
  }
  if (free.length > 0) {
    const orderIds = free.map((one) => one.order.orderId);
    await tx.$executeRaw`DELETE FROM point_holds WHERE shop_id = ${shopId} AND order_id = ANY (${orderIds}::bigint[])`;
  }
}

function isHeld({ target }: Judgement): boolean {
  return target?.account === 'pending';
}
