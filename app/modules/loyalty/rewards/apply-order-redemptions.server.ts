import { listOrderCodes, listOrderMoney } from '~/modules/orders/index.server';
import type { OrderMoney } from '~/modules/orders/types';
import type { Tx } from '~/platform/db/index.server';
import { computeSpent } from './compute-spent';
import { lockRedemptions } from './lock-redemptions.server';
import { moveRedemptions, type Move } from './move-redemptions.server';
import type { Redemption } from './reward';

export interface ApplyOrderRedemptionsInput {
  shopId: number;
  orderIds: bigint[];
  now: Date;
}

/**
 * Marks the redemptions used whose codes these orders carry, and gives points back for what was refunded of them: the
 * difference between what should be spent by now and what is. Set-wise. Idempotent, and the same in any order of arrival;
 * what an order says stands above a cancellation made here. Returns whose balance changed.
 */
export async function applyOrderRedemptions(
  tx: Tx,
  { shopId, orderIds, now }: ApplyOrderRedemptionsInput,
): Promise<{ profileIds: bigint[] }> {
  const codes = await listOrderCodes(tx, { shopId, orderIds });
  const ids = await findConcerned(tx, {
    shopId,
    orderIds,
    codes: codes.map(({ code }) => code.toUpperCase()),
  });
  const redemptions = await lockRedemptions(tx, { shopId, ids });
  if (redemptions.length === 0) return { profileIds: [] };
  const orders = ordersByCode(codes);
  const batch = new Set(orderIds);
  const claimed = redemptions.map((redemption) => ({
    redemption,
    orderId: orderOf(redemption, orders.get(redemption.code) ?? [], batch),
  }));
  const wanted = claimed.flatMap(({ orderId }) => orderId ?? []);
  const money = await listOrderMoney(tx, { shopId, orderIds: [...new Set(wanted)] });
  const byId = new Map(money.map((order) => [order.orderId, order]));
  const moves = claimed.flatMap(({ redemption, orderId }) =>
    plan(redemption, orderId === null ? null : (byId.get(orderId) ?? null)),
  );
  await moveRedemptions(tx, { shopId, moves, now });
  return { profileIds: [...new Set(moves.map((move) => move.redemption.profileId))] };
}

async function findConcerned(
  tx: Tx,
  { shopId, orderIds, codes }: { shopId: number; orderIds: bigint[]; codes: string[] },
): Promise<bigint[]> {
  const rows = await tx.$queryRaw<{ id: bigint }[]>`
    SELECT id FROM redemptions WHERE shop_id = ${shopId} AND code = ANY (${codes}::text[])
    UNION
    SELECT id FROM redemptions WHERE shop_id = ${shopId} AND order_id IS NOT NULL AND order_id = ANY (${orderIds}::bigint[])`;
  return rows.map(({ id }) => id);
}

function ordersByCode(codes: { orderId: bigint; code: string }[]): Map<string, bigint[]> {
  const orders = new Map<string, bigint[]>();
  for (const { orderId, code } of codes) {
    const known = orders.get(code.toUpperCase()) ?? [];
    orders.set(code.toUpperCase(), [...known, orderId]);
  }
  return orders;
}

/** The order that used it: of several (which Shopify does not allow) the first, whichever was told first. */
function orderOf(redemption: Redemption, carrying: bigint[], batch: Set<bigint>): bigint | null {
  const before = redemption.orderId;
  const all = before === null || batch.has(before) ? carrying : [...carrying, before];
  return all.reduce<bigint | null>((first, id) => (first === null || id < first ? id : first), null);
}

function plan(redemption: Redemption, order: OrderMoney | null): Move[] {
  if (order === null) {
    // The order was edited and carries the code no more.
    return redemption.orderId === null
      ? []
      : [toMove(redemption, { state: 'confirmed', spent: redemption.points, orderId: null })];
  }
  const spent = computeSpent(redemption.points, order);
  const same =
    redemption.state === 'used' && redemption.orderId === order.orderId && redemption.spent === spent;
  return same ? [] : [toMove(redemption, { state: 'used', spent, orderId: order.orderId })];
}

function toMove(redemption: Redemption, after: Pick<Move, 'state' | 'spent' | 'orderId'>): Move {
  const back = after.spent < redemption.held + redemption.spent;
  return { redemption, kind: back ? 'return' : 'redeem', held: 0, error: null, ...after };
}
