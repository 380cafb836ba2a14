import type { Tx } from '~/platform/db/index.server';

/** The people the given orders belong to. */
export async function listOwners(tx: Tx, input: { shopId: number; orderIds: bigint[] }): Promise<bigint[]> {
  if (input.orderIds.length === 0) return [];
  const rows = await tx.$queryRaw<{ profile_id: bigint }[]>`
    SELECT DISTINCT profile_id FROM orders
    WHERE shop_id = ${input.shopId} AND id = ANY(${input.orderIds}::bigint[]) AND profile_id IS NOT NULL`;
  return rows.map(({ profile_id }) => profile_id);
}
