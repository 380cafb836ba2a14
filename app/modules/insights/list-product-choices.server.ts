import type { Tx } from '~/platform/db/index.server';

/** Products to choose from, by title. */
export async function listProductChoices(
  tx: Tx,
  { shopId, limit = 250 }: { shopId: number; limit?: number },
): Promise<{ id: string; title: string }[]> {
  const rows = await tx.product.findMany({
    where: { shopId, deletedAt: null },
    orderBy: [{ title: 'asc' }, { id: 'asc' }],
    take: limit,
    select: { id: true, title: true },
  });
  return rows.map(({ id, title }) => ({ id: String(id), title }));
}
