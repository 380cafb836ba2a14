import { beforeEach, describe, expect, it } from 'vitest';
import { readBulkProduct } from '~/ingest/bulk/read-product';
import { listChoices } from '~/modules/insights/index.server';
import { applyProductFacts } from '~/modules/orders/index.server';
import type { CollectionFact, ProductFact } from '~/modules/orders/types';
import { prisma, withShop } from '~/platform/db/index.server';
import { collectionsChanged } from '~/processes/collections-changed.server';
import { minute, productFact } from '../../factories/facts';
import { createShop } from '../../factories/records';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

let shopId = 0;

beforeEach(async () => {
  shopId = await createShop();
});

const sale: CollectionFact = { id: 7n, title: 'Sale', updatedAt: minute(1) };
const ferns: CollectionFact = { id: 8n, title: 'Ferns', updatedAt: minute(1) };
const tell = (facts: ProductFact[], shop = shopId) =>
  withShop(shop, (tx) => applyProductFacts(tx, { shopId: shop, facts, now: minute(60) }));
const change = (facts: CollectionFact[], now = minute(60), shop = shopId) =>
  withShop(shop, (tx) => collectionsChanged(tx, { shopId: shop, facts, now, historic: false }));
const collectionsOf = async (id: bigint, shop = shopId) =>
  (await prisma().product.findUniqueOrThrow({ where: { shopId_id: { shopId: shop, id } } })).collectionIds;
const choices = (search?: string, shop = shopId) =>
  withShop(shop, (tx) => listChoices(tx, { shopId: shop, kind: 'collections', ...(search && { search }) }));
const titles = async (search?: string) => (await choices(search)).map(({ title }) => title);

describe('the collections of a product', () => {
  const product = productFact(1n, { updatedAt: minute(5) });

  it('are told by imports, and not taken away by what does not know them', async () => {
    await tell([product]);
    expect(await collectionsOf(1n)).toEqual([]);
    const told = { ...product, collections: [ferns, sale] };
    await tell([told]);
    await tell([told, told]);
    await Promise.all([tell([told]), tell([told])]);
    await tell([{ ...product, title: 'Fern', updatedAt: minute(6) }]);
    expect(await collectionsOf(1n)).toEqual([7n, 8n]);
    await tell([{ ...product, updatedAt: minute(4), collections: [] }]);
    expect(await collectionsOf(1n)).toEqual([7n, 8n]);
    await tell([{ ...product, updatedAt: minute(6), collections: [ferns] }]); // changed without the product changing
    expect(await collectionsOf(1n)).toEqual([8n]);
    expect(await titles()).toEqual(['Ferns', 'Sale']);
  });

  it('lose one that was deleted, whatever is told of it late; another shop’s stays', async () => {
    const other = await createShop();
    for (const shop of [shopId, other]) await tell([{ ...product, collections: [ferns, sale] }], shop);
    await change([{ ...sale, updatedAt: minute(9), deleted: true }]);
    await change([{ ...sale, updatedAt: minute(8) }]);
    expect(await collectionsOf(1n)).toEqual([8n]);
    expect(await collectionsOf(1n, other)).toEqual([7n, 8n]);
    expect(await titles()).toEqual(['Ferns']);
  });

  it('are read out of a bulk result', () => {
    const gid = (type: string, id: number) => `gid://shopify/${type}/${id}`;
    const at = '2026-05-01T00:00:00Z';
    const node = { id: gid('Product', 1), title: 'Fern', handle: 'fern', productType: '', vendor: '' };
    const variant = { id: gid('ProductVariant', 3), title: 'Small', sku: '', price: '9.00', image: null };
    const read = readBulkProduct({
      node: { ...node, status: 'ACTIVE', tags: [], updatedAt: at, featuredMedia: null },
      children: [
        { id: gid('Collection', 7), title: 'Sale', updatedAt: at },
        { ...variant, inventoryItem: { unitCost: null } },
      ],
      endLine: 3,
    });
    expect(read.collections).toEqual([{ id: 7n, title: 'Sale', updatedAt: new Date(at) }]);
    expect(read.variants).toHaveLength(1);
  });
});

describe('a collection', () => {
  it('is known by its newest title, and found by any part of it as it was typed', async () => {
    await change([{ ...sale, title: '50% off', updatedAt: minute(3) }, sale]);
    await change([{ ...ferns, title: 'Old', updatedAt: minute(0) }, ferns]);
    await change([{ ...ferns, title: 'Old', updatedAt: minute(0) }]);
    expect(await titles()).toEqual(['50% off', 'Ferns']);
    expect(await titles('ERN')).toEqual(['Ferns']);
    expect(await titles('0%')).toEqual(['50% off']);
    expect(await titles('%s')).toEqual([]);
    expect(await choices(undefined, await createShop())).toEqual([]);
  });

  it('that changed asks for an import of all products, once an hour', async () => {
    const runs = async () =>
      (await prisma().backfillRun.findMany({ where: { shopId } })).map(({ kind, since }) => [kind, since]);
    await Promise.all([change([sale]), change([ferns])]);
    expect(await runs()).toEqual([['products', null]]);
    await prisma().backfillRun.updateMany({ where: { shopId }, data: { status: 'done' } });
    await change([sale], minute(90));
    await change([{ ...sale, deleted: true }], minute(200));
    expect(await runs()).toHaveLength(1);
    await change([sale], minute(121));
    expect(await runs()).toHaveLength(2);
  });
});
