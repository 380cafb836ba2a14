import type { Tx } from '~/platform/db/index.server';
import type { GoodsList } from './goods-list';
import type { ComingLine, KnownProduct } from './preview-order';

interface Row {
  id: bigint;
  tags: string[] | null;
  collection_ids: bigint[] | null;
  is_gift_card: boolean | null;
}

/** The lines of whose products something has to be known: all where a list goes by tags or collections; else what may be a gift card. */
export function linesToKnow(lines: ComingLine[], lists: Pick<GoodsList, 'scope'>[]): ComingLine[] {
  const asked = lists.some(({ scope }) => scope === 'tags' || scope === 'collections');
  return asked ? lines : lines.filter(({ isDigital }) => isDigital);
}

/**
 * What lists of goods go by, of the products of these lines: one indexed read, none without lines. Whether something is a gift
 * card is told by orders only; of a digital product that was bought before one line of one order says it.
 */
export async function readKnownProducts(
  tx: Tx,
  { shopId, lines }: { shopId: number; lines: ComingLine[] },
): Promise<Map<bigint, KnownProduct>> {
  if (lines.length === 0) return new Map();
  const [ids, digital] = [lines.map(({ productId }) => productId), lines.map((line) => !!line.isDigital)];
  const rows = await tx.$queryRaw<Row[]>`
    SELECT x.id, p.tags, p.collection_ids, CASE WHEN x.digital THEN (
        SELECT l.is_gift_card FROM order_lines l WHERE l.shop_id = ${shopId} AND l.product_id = x.id LIMIT 1) END AS is_gift_card
    FROM unnest(${ids}::bigint[], ${digital}::boolean[]) AS x(id, digital)
    LEFT JOIN products p ON p.shop_id = ${shopId} AND p.id = x.id`;
  return new Map(
    rows.map(({ id, tags, collection_ids: collectionIds, is_gift_card: isGiftCard }) => [
      id,
      {
        tags: (tags ?? []).map((tag) => tag.toLowerCase()),
        collectionIds: collectionIds ?? [],
        isGiftCard: isGiftCard ?? false,
      },
    ]),
  );
}
