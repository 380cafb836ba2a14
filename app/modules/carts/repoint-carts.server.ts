import type { Tx } from '~/platform/db/index.server';

/**
 * Gives carts to the people they belong to after people became one (`merges`) or an address changed hands (`moves`: carts
 * that named their person by it only). Idempotent.
 */
export async function repointCarts(
  tx: Tx,
  input: {
    shopId: number;
    merges: { fromProfileId: bigint; intoProfileId: bigint }[];
    moves: { kind: 'email' | 'phone'; value: string; intoProfileId: bigint }[];
  },
): Promise<void> {
  const { shopId, merges, moves } = input;
  if (merges.length > 0) {
    await tx.$executeRaw`
      UPDATE carts c SET profile_id = m.into_id
      FROM unnest(${merges.map((each) => each.fromProfileId)}::bigint[],
                  ${merges.map((each) => each.intoProfileId)}::bigint[]) AS m(from_id, into_id)
      WHERE c.shop_id = ${shopId} AND c.profile_id = m.from_id`;
  }
  const emails = moves.filter(({ kind }) => kind === 'email');
  if (emails.length > 0) {
    await tx.$executeRaw`
      UPDATE carts c SET profile_id = m.into_id
      FROM unnest(${emails.map(({ value }) => value)}::text[],
                  ${emails.map(({ intoProfileId }) => intoProfileId)}::bigint[]) AS m(value, into_id)
      WHERE c.shop_id = ${shopId} AND c.shopify_customer_id IS NULL AND c.email = m.value AND c.profile_id <> m.into_id`;
  }
  const phones = moves.filter(({ kind }) => kind === 'phone');
  if (phones.length > 0) {
    await tx.$executeRaw`
      UPDATE carts c SET profile_id = m.into_id
      FROM unnest(${phones.map(({ value }) => value)}::text[],
                  ${phones.map(({ intoProfileId }) => intoProfileId)}::bigint[]) AS m(value, into_id)
      WHERE c.shop_id = ${shopId} AND c.shopify_customer_id IS NULL AND c.email IS NULL AND c.phone = m.value
        AND c.profile_id <> m.into_id`;
  }
}
