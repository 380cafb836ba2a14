import type { Tx } from '~/platform/db/index.server';
import type { GoodsList } from './goods-list';
import type { ComingLine, KnownProduct } from './preview-order';

/** What lists of goods go by, of these products: one indexed read, none where no list asks for tags or collections. */
export async function readKnownProducts(
  tx: Tx,
  { shopId, lines, lists }: { shopId: number; lines: ComingLine[]; lists: Pick<GoodsList, 'scope'>[] },
): Promise<Map<bigint, KnownProduct>> {
  const asked = lists.some(({ scope }) => scope === 'tags' || scope === 'collections');
  if (!asked || lines.length === 0) return new Map();
  const rows = await tx.product.findMany({
    where: { shopId, id: { in: lines.map(({ productId }) => productId) } },
    select: { id: true, tags: true, collectionIds: true },
  });
  return new Map(
    rows.map(({ id, tags, collectionIds }) => [
      id,
      { tags: tags.map((tag) => tag.toLowerCase()), collectionIds },
    ]),
  );
}
