import { listOrdersOfCarts, type OrderOfCart } from '~/modules/orders/index.server';
import { getSettings } from '~/modules/shops/index.server';
import type { Tx } from '~/platform/db/index.server';
import { abandonedFrom, computeCartState } from './cart-state';
import type { CartState } from './types';

interface Row {
  token: string;
  kind: 'checkout' | 'cart';
  cart_token: string | null;
  profile_id: bigint | null;
  has_lines: boolean;
  state: CartState;
  started_at: Date;
  last_activity_at: Date;
  completed_at: Date | null;
  deleted_at: Date | null;
  abandoned_at: Date | null;
  recovered_message_id: bigint | null;
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
 * what changed; `profileIds` are the owners of carts that did. A cart is not made abandoned here: abandonDueCarts does
 * that, so that nobody is missed or entered twice.
 */
export async function refreshCarts(
  tx: Tx,
  input: { shopId: number; tokens: string[]; now: Date },
): Promise<{ carts: RefreshedCart[]; profileIds: bigint[] }> {
  const { shopId, now } = input;
  const rows = await lockFamilies(tx, input);
  if (rows.length === 0) return { carts: [], profileIds: [] };
  const tokens = rows.flatMap(({ token, cart_token }) =>
    cart_token === null ? [token] : [token, cart_token],
  );
  const orders = await listOrdersOfCarts(tx, { shopId, tokens });
  const { cartDelayMinutes } = await getSettings(tx, { shopId });
  const latest = latestCheckouts(rows);
  const orderOf = new Map(orders.map((order) => [`${order.via}:${order.token}`, order]));
  const refreshed = rows.map((row) => {
    const heir = latest.get(row.kind === 'cart' ? row.token : (row.cart_token ?? ''));
    const isReplaced = heir !== undefined && heir.token !== row.token;
    return refresh({ ...row, isReplaced }, orderOf, { now, delayMinutes: cartDelayMinutes });
  });
  return { carts: refreshed, profileIds: await save(tx, { shopId, carts: refreshed }) };
}

/** The wanted carts with the carts they came from and all checkouts of those: what can close or replace one another. */
async function lockFamilies(tx: Tx, input: { shopId: number; tokens: string[] }): Promise<Row[]> {
  if (input.tokens.length === 0) return [];
  const parents = await tx.$queryRaw<{ cart_token: string }[]>`
    SELECT DISTINCT cart_token FROM carts
    WHERE shop_id = ${input.shopId} AND token = ANY(${input.tokens}::text[]) AND cart_token IS NOT NULL`;
  const tokens = [...new Set([...input.tokens, ...parents.map(({ cart_token }) => cart_token)])];
  return tx.$queryRaw<Row[]>`
    SELECT token, kind, cart_token, profile_id, lines <> '[]' AS has_lines, state, started_at, last_activity_at,
           completed_at, deleted_at, abandoned_at, recovered_message_id
    FROM carts
    WHERE shop_id = ${input.shopId} AND (token = ANY(${tokens}::text[]) OR cart_token = ANY(${tokens}::text[]))
    ORDER BY token
    FOR UPDATE`;
}

/** Of each cart the checkout that stands for it: the one begun last. */
function latestCheckouts(rows: Row[]): Map<string, Row> {
  const latest = new Map<string, Row>();
  for (const row of rows) {
    if (row.kind !== 'checkout' || row.cart_token === null || row.deleted_at !== null) continue;
    const known = latest.get(row.cart_token);
    // Rows come by token, so of two begun at once the greater token stands.
    if (!known || row.started_at >= known.started_at) latest.set(row.cart_token, row);
  }
  return latest;
}

interface Refreshed extends RefreshedCart {
  closedAt: Date | null;
  amount: string | null;
}

function refresh(
  row: Row & { isReplaced: boolean },
  orders: Map<string, OrderOfCart>,
  at: { now: Date; delayMinutes: number },
): Refreshed {
  const own = orders.get(`${row.kind}:${row.token}`);
  const ofCart = orders.get(`cart:${row.cart_token}`);
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
      isReplaced: boughtElsewhere || (row.isReplaced && (row.kind === 'cart' || !order)),
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
    state: state === 'abandoned' && !isStillAbandoned(row, at.delayMinutes) ? 'open' : state,
    orderId: isClosed && order ? order.orderId : null,
    profileId: row.profile_id ?? (isClosed ? (order?.profileId ?? null) : null),
    orderedAt,
    abandonedAt: wasNever ? null : row.abandoned_at,
    closedAt,
    amount: state === 'recovered' && order ? order.netRevenue : null,
  };
}

/** Found abandoned, and not touched since. Touched since, it is open until abandonDueCarts finds it again. */
function isStillAbandoned(row: Row, delayMinutes: number): boolean {
  if (row.state !== 'abandoned' || row.abandoned_at === null) return false;
  return abandonedFrom(row.last_activity_at, delayMinutes) <= row.abandoned_at;
}

async function save(tx: Tx, input: { shopId: number; carts: Refreshed[] }): Promise<bigint[]> {
  const rows = input.carts.map((cart) => ({
    token: cart.token,
    state: cart.state,
    order_id: cart.orderId?.toString() ?? null,
    abandoned_at: cart.abandonedAt,
    closed_at: cart.closedAt,
    amount: cart.amount,
  }));
  const changed = await tx.$queryRaw<{ profile_id: bigint | null }[]>`
    UPDATE carts c SET state = r.state, order_id = r.order_id, abandoned_at = r.abandoned_at, closed_at = r.closed_at,
                       recovered_amount = r.amount
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(
      token text, state text, order_id bigint, abandoned_at timestamptz, closed_at timestamptz, amount numeric)
    WHERE c.shop_id = ${input.shopId} AND c.token = ANY(${input.carts.map(({ token }) => token)}::text[]) AND c.token = r.token
      AND (c.state, c.order_id, c.abandoned_at, c.closed_at, c.recovered_amount)
          IS DISTINCT FROM (r.state, r.order_id, r.abandoned_at, r.closed_at, r.amount)
    RETURNING c.profile_id`;
  return changed.flatMap(({ profile_id }) => profile_id ?? []);
}
