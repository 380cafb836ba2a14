import { listOrdersOfCarts, type OrderOfCart } from '~/modules/orders/index.server';
import { getSettings } from '~/modules/shops/index.server';
import type { Tx } from '~/platform/db/index.server';
import { computeCartState } from './cart-state';
import type { CartState } from './types';

interface Row {
  token: string;
  kind: 'checkout' | 'cart';
  cart_token: string | null;
  profile_id: bigint | null;
  has_lines: boolean;
  state: CartState;
  last_activity_at: Date;
  completed_at: Date | null;
  deleted_at: Date | null;
  abandoned_at: Date | null;
  recovered_message_id: bigint | null;
  is_replaced: boolean;
}

export interface RefreshedCart {
  token: string;
  state: CartState;
  orderId: bigint | null;
  profileId: bigint | null;
  orderedAt: Date | null;
  abandonedAt: Date | null;
}

/**
 * Computes the state of these carts, of the carts they came from and of other checkouts of the same carts anew, and writes
 * what changed. A cart is not made abandoned here: abandonDueCarts does that, so that nobody is missed or entered twice.
 */
export async function refreshCarts(
  tx: Tx,
  input: { shopId: number; tokens: string[]; now: Date },
): Promise<RefreshedCart[]> {
  const { shopId, now } = input;
  const rows = await lockFamilies(tx, input);
  if (rows.length === 0) return [];
  const tokens = rows.flatMap(({ token, cart_token }) =>
    cart_token === null ? [token] : [token, cart_token],
  );
  const orders = await listOrdersOfCarts(tx, { shopId, tokens });
  const { cartDelayMinutes } = await getSettings(tx, { shopId });
  const refreshed = rows.map((row) => refresh(row, orders, { now, delayMinutes: cartDelayMinutes }));
  await save(tx, { shopId, carts: refreshed });
  return refreshed;
}

async function lockFamilies(tx: Tx, input: { shopId: number; tokens: string[] }): Promise<Row[]> {
  if (input.tokens.length === 0) return [];
  return tx.$queryRaw<Row[]>`
    WITH wanted AS (SELECT DISTINCT t.token FROM unnest(${input.tokens}::text[]) AS t(token)),
    families AS (
      SELECT token FROM wanted
      UNION SELECT c.cart_token FROM carts c JOIN wanted w ON w.token = c.token
        WHERE c.shop_id = ${input.shopId} AND c.cart_token IS NOT NULL
    ), members AS (
      SELECT token FROM families
      UNION SELECT c.token FROM carts c JOIN families f ON f.token = c.cart_token WHERE c.shop_id = ${input.shopId}
    )
    SELECT c.token, c.kind, c.cart_token, c.profile_id, c.lines <> '[]' AS has_lines, c.state, c.last_activity_at,
           c.completed_at, c.deleted_at, c.abandoned_at, c.recovered_message_id,
           EXISTS (
             SELECT 1 FROM carts n
             WHERE n.shop_id = c.shop_id AND n.kind = 'checkout' AND n.cart_token = coalesce(c.cart_token, c.token)
               AND n.deleted_at IS NULL AND n.token <> c.token
               AND (c.kind = 'cart' OR (n.started_at, n.token) > (c.started_at, c.token))
           ) AS is_replaced
    FROM carts c JOIN members m ON m.token = c.token
    WHERE c.shop_id = ${input.shopId}
    ORDER BY c.token
    FOR UPDATE OF c`;
}

interface Refreshed extends RefreshedCart {
  closedAt: Date | null;
  amount: string | null;
}

function refresh(row: Row, orders: OrderOfCart[], at: { now: Date; delayMinutes: number }): Refreshed {
  const own = orders.find(({ token, via }) => token === row.token && via === row.kind);
  const ofCart = orders.find(({ token, via }) => via === 'cart' && token === row.cart_token);
  const order = own ?? (ofCart?.checkoutToken === null ? ofCart : undefined);
  const boughtElsewhere = !order && ofCart !== undefined;
  const { state, closedAt } = computeCartState(
    {
      kind: row.kind,
      hasPerson: row.profile_id !== null,
      hasLines: row.has_lines,
      lastActivityAt: row.last_activity_at,
      completedAt: row.completed_at,
      deletedAt: row.deleted_at,
      isReplaced: boughtElsewhere || (row.is_replaced && (row.kind === 'cart' || !order)),
      order: order ?? null,
      recoveredBy: row.recovered_message_id,
    },
    at,
  );
  const isClosed = state === 'ordered' || state === 'recovered';
  const orderedAt = isClosed && order ? order.processedAt : null;
  // Found abandoned, and then an order told late says that it never was.
  const wasNever = orderedAt !== null && row.abandoned_at !== null && orderedAt < row.abandoned_at;
  return {
    token: row.token,
    state: state === 'abandoned' && row.state !== 'abandoned' ? 'open' : state,
    orderId: isClosed && order ? order.orderId : null,
    profileId: row.profile_id ?? (isClosed ? (order?.profileId ?? null) : null),
    orderedAt,
    abandonedAt: wasNever ? null : row.abandoned_at,
    closedAt,
    amount: state === 'recovered' && order ? order.netRevenue : null,
  };
}

async function save(tx: Tx, input: { shopId: number; carts: Refreshed[] }): Promise<void> {
  const rows = input.carts.map((cart) => ({
    token: cart.token,
    state: cart.state,
    order_id: cart.orderId?.toString() ?? null,
    abandoned_at: cart.abandonedAt,
    closed_at: cart.closedAt,
    amount: cart.amount,
  }));
  await tx.$executeRaw`
    UPDATE carts c SET state = r.state, order_id = r.order_id, abandoned_at = r.abandoned_at, closed_at = r.closed_at,
                       recovered_amount = r.amount
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(
      token text, state text, order_id bigint, abandoned_at timestamptz, closed_at timestamptz, amount numeric)
    WHERE c.shop_id = ${input.shopId} AND c.token = r.token
      AND (c.state, c.order_id, c.abandoned_at, c.closed_at, c.recovered_amount)
          IS DISTINCT FROM (r.state, r.order_id, r.abandoned_at, r.closed_at, r.amount)`;
}
