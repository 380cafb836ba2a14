import { beforeEach, describe, expect, it } from 'vitest';
import {
  listCampaigns,
  previewCampaign,
  updateCampaign,
  updateEarnRule,
} from '~/modules/loyalty/index.server';
import type { CampaignDraft } from '~/modules/loyalty/types';
import { prisma, withShop } from '~/platform/db/index.server';
import { at, useEarner } from '../../factories/earner';
import { aRefund, aShop, anOrder } from '../../factories/loyalty';
import * as lines from '../../factories/order-lines';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

const launched = at('2026-03-01');
const now = at('2026-06-01');

const { who, post, points } = useEarner(now);
let [shopId, profileId] = [0, 0n];
beforeEach(() => ({ shopId, profileId } = who));

const draft = (overrides: Partial<CampaignDraft> = {}): CampaignDraft => ({
  title: 'Double points',
  enabled: true,
  factor: '2',
  scope: 'all',
  productIds: [],
  collectionIds: [],
  tags: [],
  startsOn: null,
  endsOn: null,
  minimum: null,
  maxExtra: null,
  ...overrides,
});
const save = (
  overrides: Partial<CampaignDraft> = {},
  id: number | null = null,
  when = launched,
  shop = shopId,
) => withShop(shop, (tx) => updateCampaign(tx, { shopId: shop, id, draft: draft(overrides), now: when }));
const order = (goods: string, day = '2026-05-02') =>
  anOrder(shopId, { profileId, goods, processedAt: at(day) });

const addLine = (orderId: bigint, net: string, productId: bigint) =>
  lines.addLine(shopId, orderId, net, productId);
const lineOf = (orderId: bigint) => lines.lineOf(shopId, orderId);
const refund = (orderId: bigint, line: bigint, goods: string) =>
  lines.refundLine(shopId, orderId, line, goods);
const aProduct = (id: bigint, ...tags: string[]) => lines.aProduct(shopId, id, { tags });

describe('a campaign', () => {
  it('doubles the points of its days, refunds included', async () => {
    await save({ startsOn: '2026-05-01', endsOn: '2026-05-03' });
    const [during, before, after] = [
      await order('100'),
      await order('100', '2026-04-30'),
      await order('100', '2026-05-04'),
    ];
    await post(during, before, after);
    await post(during, before, after);
    expect(await points()).toBe(200 + 100 + 100);
    await aRefund(shopId, before, '50');
    await post(before);
    expect(await points()).toBe(350);
  });

  it('counts the days of the shop', async () => {
    await prisma().shop.update({ where: { id: shopId }, data: { timeZone: 'Pacific/Auckland' } });
    await save({ startsOn: '2026-05-03' });
    await post(await order('100', '2026-05-02')); // in Auckland it is 3 May
    expect(await points()).toBe(200);
  });

  it('an order keeps the campaign it was placed in, for good, also for its refund', async () => {
    const { id } = await save();
    const first = await order('100');
    await post(first);
    await save({ factor: '5' }, id, at('2026-05-10'));
    await save({ enabled: false }, id, at('2026-05-11'));
    await refund(first, await lineOf(first), '50');
    const second = await order('10', '2026-05-10');
    await post(first, second);
    expect(await points()).toBe(100 + 50);
    await post(await order('10', '2026-05-12'));
    expect(await points()).toBe(160);
  });

  it('of products and tags counts for their lines only, and refunds of each line take back its own', async () => {
    await aProduct(1n, 'Summer');
    await save({ scope: 'tags', tags: ['summer'], factor: '3' });
    await save({ scope: 'products', productIds: [2n], factor: '0' });
    const mixed = await order('100');
    const summer = await addLine(mixed, '10', 1n);
    await addLine(mixed, '20', 2n);
    await post(mixed);
    expect(await points()).toBe(100 + 30 + 0);
    await refund(mixed, summer, '5');
    await post(mixed);
    expect(await points()).toBe(100 + 15);
  });

  it('of collections counts for what was in them when it was bought', async () => {
    await aProduct(1n);
    await aProduct(2n);
    await prisma().product.updateMany({ where: { shopId, id: 1n }, data: { collectionIds: [7n, 8n] } });
    await save({ scope: 'collections', collectionIds: [8n, 9n] });
    const mixed = await order('100');
    await addLine(mixed, '10', 1n);
    await addLine(mixed, '20', 2n);
    await post(mixed);
    expect(await points()).toBe(130 + 10);
    await prisma().product.updateMany({ where: { shopId }, data: { collectionIds: [] } });
    await post(mixed);
    expect(await points()).toBe(140);
  });

  it('stays what it was for a line when the tags of its product change, but counts for lines that come later', async () => {
    await aProduct(1n);
    await save({ scope: 'tags', tags: ['summer'] });
    const one = await order('100');
    await addLine(one, '10', 1n);
    await post(one);
    await prisma().product.updateMany({ where: { shopId }, data: { tags: ['summer'] } });
    await post(one);
    expect(await points()).toBe(110);
    await addLine(one, '10', 1n);
    await post(one);
    expect(await points()).toBe(130);
  });

  it('the highest counts, they do not stack; none stands above all', async () => {
    await save();
    await save({ factor: '3' });
    const first = await order('100');
    await post(first);
    expect(await points()).toBe(300);
    await save({ factor: '0' }, null, at('2026-05-10'));
    await post(await order('100', '2026-05-11'));
    expect(await points()).toBe(300);
  });

  it('asks for its minimum and gives no more than its most per order', async () => {
    await save({ minimum: '50', maxExtra: 60 });
    await post(await order('49.99'));
    expect(await points()).toBe(49);
    const large = await order('100');
    await post(large);
    expect(await points()).toBe(49 + 160);
    await refund(large, await lineOf(large), '50');
    await post(large);
    expect(await points()).toBe(49 + 100);
  });

  it('money for goods that names no line falls on its goods and all others in proportion', async () => {
    await aProduct(1n, 'summer');
    await save({ scope: 'tags', tags: ['summer'], factor: '3' });
    const mixed = await order('90');
    const summer = await addLine(mixed, '10', 1n);
    await post(mixed);
    expect(await points()).toBe(90 + 30);
    await aRefund(shopId, mixed, '50');
    await post(mixed);
    expect(await points()).toBe(45 + 15);
    await refund(mixed, summer, '4');
    await post(mixed);
    expect(await points()).toBe(46 + 2); // 46 are left, 1 of them counts three times
  });

  it('comes on top of the tier: both multiply', async () => {
    await save();
    const id = await order('101');
    await prisma().orderMultiplier.create({
      data: { shopId, orderId: id, version: 1, tierId: 1, multiplier: '1.5' },
    });
    await post(id);
    expect(await points()).toBe(303);
  });

  it('20 at once post once', async () => {
    await save();
    const id = await order('100');
    await Promise.all(Array.from({ length: 20 }, () => post(id)));
    expect(await points()).toBe(200);
  });

  it('is nothing to another shop, and to orders before it', async () => {
    const other = (await aShop()).id;
    await save({}, null, launched, other);
    await post(await order('100'));
    expect(await points()).toBe(100);
    await save();
    await post(await order('100', '2026-02-01'));
    expect(await points()).toBe(200);
  });
});

describe('changing a campaign', () => {
  it('makes a version; one that changes nothing makes none, twice made at once is one', async () => {
    const made = await Promise.all([save(), save()]);
    expect(made.map(({ id, version }) => [id, version])).toEqual([
      [1, 1],
      [1, 1],
    ]);
    expect((await save({ factor: '3' }, 1)).version).toBe(2);
    expect(await withShop(shopId, (tx) => listCampaigns(tx, { shopId }))).toHaveLength(1);
    await expect(save({}, 7)).rejects.toMatchObject({ code: 'not_found' });
  });

  it.each([
    [{ title: '' }],
    [{ factor: '101' }],
    [{ factor: '-1' }],
    [{ scope: 'tags' }],
    [{ scope: 'products' }],
    [{ scope: 'collections' }],
    [{ startsOn: '2026-05-02', endsOn: '2026-05-01' }],
    [{ maxExtra: 0 }],
  ] as const)('refuses %j', async (wrong) => {
    await expect(save(wrong as Partial<CampaignDraft>)).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('what a campaign would have given', () => {
  const look = (overrides: Partial<CampaignDraft> = {}) =>
    withShop(shopId, (tx) => previewCampaign(tx, { shopId, draft: draft(overrides), now }));

  it('counts paid orders of the last 90 days with what is left of them, and is what it then gives', async () => {
    await withShop(shopId, (tx) =>
      updateEarnRule(tx, { shopId, changes: { pointsPerUnit: '2' }, now: launched }),
    );
    await aProduct(1n, 'summer');
    const one = await order('100');
    await addLine(one, '10', 1n);
    await order('100', '2026-01-01');
    await anOrder(shopId, { profileId, paid: false });
    await anOrder(shopId, { profileId, cancelled: true });
    expect(await look()).toEqual({ days: 90, orders: 1, points: 220 });
    expect(await look({ scope: 'tags', tags: ['Summer'], factor: '3' })).toEqual({
      days: 90,
      orders: 1,
      points: 40,
    });
    expect(await look({ scope: 'products', productIds: [1n], factor: '0' })).toMatchObject({ points: -20 });
    await prisma().product.updateMany({ where: { shopId }, data: { collectionIds: [7n] } });
    expect(await look({ scope: 'collections', collectionIds: [7n] })).toMatchObject({ points: 20 });
    expect(await look({ scope: 'collections', collectionIds: [8n] })).toMatchObject({ points: 0 });
    expect(await look({ maxExtra: 15 })).toMatchObject({ points: 15 });
    expect(await look({ minimum: '110.01' })).toEqual({ days: 90, orders: 0, points: 0 });
    await post(one);
    expect(await points()).toBe(220);
    await save();
    const other = await order('100');
    await addLine(other, '10', 1n);
    await post(other);
    expect(await points()).toBe(220 + 440);
  });

  it('takes money back that names no line off all goods in proportion, as the ledger does', async () => {
    await aProduct(1n, 'summer');
    const terms: Partial<CampaignDraft> = { scope: 'tags', tags: ['summer'], factor: '3' };
    await save(terms);
    const mixed = await order('90');
    await addLine(mixed, '10', 1n);
    await aRefund(shopId, mixed, '50');
    const goodwill = await order('90', '2026-05-03');
    await addLine(goodwill, '10', 1n);
    await prisma().refund.create({
      data: {
        ...{ shopId, id: 1n, orderId: goodwill, processedAt: at('2026-05-20') },
        ...{ lines: 0, shipping: 0, adjustments: '50', tax: 0, total: '50' },
      },
    });
    await post(mixed, goodwill);
    expect(await points()).toBe(2 * (50 + 10));
    expect(await look(terms)).toEqual({ days: 90, orders: 2, points: 20 });
  });
});
