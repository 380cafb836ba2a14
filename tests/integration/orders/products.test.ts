import { expect, it } from 'vitest';
import { applyProductFacts } from '~/modules/orders/index.server';
import type { ProductFact } from '~/modules/orders/types';
import { prisma, withShop } from '~/platform/db/index.server';
import { minute, productFact } from '../../factories/facts';
import { permutations } from '../../factories/permutations';
import { createShop } from '../../factories/records';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

const variant = (id: bigint, unitCost?: string): ProductFact['variants'][number] => ({
  id,
  title: `No ${id}`,
  sku: null,
  price: '50.00',
  imageUrl: null,
  ...(unitCost !== undefined && { unitCost }),
});

async function variantsAfter(told: ProductFact[]): Promise<[number, number | null][]> {
  const shopId = await createShop();
  for (const fact of told)
    await withShop(shopId, (tx) => applyProductFacts(tx, { shopId, facts: [fact], now: minute(60) }));
  const rows = await prisma().productVariant.findMany({ where: { shopId }, orderBy: { id: 'asc' } });
  return rows.map(({ id, unitCost }) => [Number(id), unitCost === null ? null : Number(unitCost)]);
}

it('a webhook that tells the first variants only takes none of the others away, and their costs stay', async () => {
  const imported = productFact(10n, {
    updatedAt: minute(1),
    variants: [variant(1n, '20.00'), variant(2n, '21.00'), variant(3n, '22.00')],
  });
  const webhook = productFact(10n, {
    updatedAt: minute(2),
    title: 'Renamed',
    variants: [variant(1n)],
    variantIds: [1n, 2n], // the third was deleted
  });
  expect(await variantsAfter([imported, webhook])).toEqual([
    [1, 20],
    [2, 21],
  ]);
});

it('what tells all variants of a moment stands before what tells the first of them, whichever comes first', async () => {
  for (const title of ['A', 'B', 'C', 'D']) {
    const first = productFact(10n, { title, variants: [variant(1n)], variantIds: [1n, 2n] });
    const all = productFact(10n, { title, variants: [variant(1n), variant(2n)] });
    for (const order of permutations([first, all])) {
      const found = await variantsAfter(order);
      expect(found.map(([id]) => id)).toEqual([1, 2]);
    }
  }
});
