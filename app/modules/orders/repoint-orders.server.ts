import type { Tx } from '~/platform/db/index.server';

/**
 * Gives orders to the people they belong to after people became one (`merges`) or an address changed hands (`moves`:
 * orders that named their person by it only). Returns the orders that moved. Idempotent.
 */
export async function repointOrders(
  tx: Tx,
  input: {
    shopId: number;
    merges: { fromProfileId: bigint; intoProfileId: bigint }[];
    moves: { kind: 'email' | 'phone'; value: string; intoProfileId: bigint }[];
  },
): Promise<{ orderIds: bigint[] }> {
  const { shopId, merges, moves } = input;
  const orderIds: bigint[] = [];
  if (merges.length > 0) {
    const rows = await tx.$queryRaw<{ id: bigint }[]>`
      UPDATE orders o SET profile_id = m.into_id
      FROM unnest(${merges.map((each) => each.fromProfileId)}::bigint[],
                  ${merges.map((each) => each.intoProfileId)}::bigint[]) AS m(from_id, into_id)
      WHERE o.shop_id = ${shopId} AND o.profile_id = m.from_id
      RETURNING o.id`;
    orderIds.push(...rows.map(({ id }) => id));
  }
  for (const kind of ['email', 'phone'] as const) {
    const wanted = moves.filter((move) => move.kind === kind);
    if (wanted.length === 0) continue;
    const values = wanted.map(({ value }) => value);
    const into = wanted.map(({ intoProfileId }) => intoProfileId);
    const rows =
      kind === 'email'
        ? await tx.$queryRaw<{ id: bigint }[]>`
            UPDATE orders o SET profile_id = m.into_id
            FROM unnest(${values}::text[], ${into}::bigint[]) AS m(value, into_id)
            WHERE o.shop_id = ${shopId} AND o.shopify_customer_id IS NULL AND o.email = m.value
              AND o.profile_id <> m.into_id
            RETURNING o.id`
        : await tx.$queryRaw<{ id: bigint }[]>`
            UPDATE orders o SET profile_id = m.into_id
            FROM unnest(${values}::text[], ${into}::bigint[]) AS m(value, into_id)
            WHERE o.shop_id = ${shopId} AND o.shopify_customer_id IS NULL AND o.email IS NULL AND o.phone = m.value
              AND o.profile_id <> m.into_id
            RETURNING o.id`;
    orderIds.push(...rows.map(({ id }) => id));
  }
  return { orderIds: [...new Set(orderIds)] };
}
