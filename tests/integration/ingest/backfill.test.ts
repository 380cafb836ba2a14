import { beforeEach, describe, expect, it } from 'vitest';
import { advanceBackfill } from '~/ingest/backfill.server';
import { drainInbox } from '~/ingest/drain.server';
import { reconcileShops } from '~/ingest/reconcile-shops.server';
import { sweepBackfills } from '~/ingest/sweep-backfills.server';
import { ensureEarnRule } from '~/modules/loyalty/index.server';
import { activateShop, ensureShop, getShop } from '~/modules/shops/index.server';
import { pool, prisma, withShop } from '~/platform/db/index.server';
import { queue } from '~/platform/queue/queue.server';
import { createDeliveries } from '../../factories/deliveries';
import {
  bulkCustomer,
  bulkOrder,
  bulkProduct,
  FakeAdminApi,
  jsonl,
  refundNode,
} from '../../factories/fake-admin-api';
import { orderPayload } from '../../factories/payloads/order';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();
const installedAt = new Date('2026-03-01T00:00:00Z');
let shopId = 0;
let api = new FakeAdminApi();

async function createShop(domain: string): Promise<number> {
  const { id } = await ensureShop(prisma(), { domain, now: installedAt });
  await withShop(id, async (tx) => {
    await ensureEarnRule(tx, { shopId: id, now: installedAt });
    await activateShop(tx, { shopId: id, now: installedAt });
  });
  return id;
}

const advance = (id = shopId) => advanceBackfill(id, api.parts);
const runs = (id = shopId) =>
  prisma().backfillRun.findMany({ where: { shopId: id }, orderBy: { id: 'asc' } });
const count = async (table: string, id = shopId) =>
  (await pool().query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table} WHERE shop_id = $1`, [id]))
    .rows[0]?.n;

let shopCount = 0;
beforeEach(async () => {
  shopCount += 1;
  api = new FakeAdminApi();
  await pool().query("UPDATE shops SET status = 'uninstalled'");
  shopId = await createShop(`shop${shopCount}.myshopify.com`);
});

describe('the import of an install', () => {
  it('brings products with costs, customers with tags and consent, orders with refunds', async () => {
    const refund = 'gid://shopify/Refund/77';
    api.files = {
      products: jsonl(bulkProduct(301)),
      customers: jsonl([bulkCustomer(1)]),
      orders: jsonl([...bulkOrder(5001, { refunds: [refund], amount: '50.0' }), ...bulkOrder(5002)]),
    };
    api.refunds.set(refund, refundNode(refund, 5001, '45.0'));
    await advance();
    expect(
      (await runs()).map(({ kind, reason, status, ingestedLines, error }) => ({
        kind,
        reason,
        status,
        ingestedLines,
        error,
      })),
    ).toEqual([
      { kind: 'products', reason: 'install', status: 'done', ingestedLines: 2, error: null },
      { kind: 'customers', reason: 'install', status: 'done', ingestedLines: 1, error: null },
      { kind: 'orders', reason: 'install', status: 'done', ingestedLines: 6, error: null },
    ]);
    expect((await prisma().productVariant.findFirstOrThrow({ where: { shopId } })).unitCost?.toFixed(2)).toBe(
      '21.50',
    );
    const profile = await prisma().profile.findFirstOrThrow({ where: { shopId, shopifyCustomerId: 1n } });
    expect(profile).toMatchObject({
      email: 'kim1@example.com',
      tags: ['imported'],
      locale: 'de',
      city: 'Berlin',
    });
    expect(
      (await prisma().consent.findFirstOrThrow({ where: { shopId, profileId: profile.id } })).state,
    ).toBe('subscribed');
    const order = await prisma().order.findFirstOrThrow({
      where: { shopId, id: 5001n },
      include: { lines: true, discountCodes: true },
    });
    expect(order).toMatchObject({ historic: true, profileId: profile.id, financialStatus: 'paid' });
    expect(order.shipping.toFixed(2)).toBe('4.90');
    expect(order.discountCodes.map(({ code, kind, amount }) => [code, kind, amount.toFixed(2)])).toEqual([
      ['WELCOME', 'percentage', '5.00'],
    ]);
    expect(order.lines[0]).toMatchObject({ productId: 301n, quantity: 1 });
    const stored = await prisma().refund.findFirstOrThrow({ where: { shopId, id: 77n } });
    expect([stored.lines, stored.shipping, stored.adjustments].map((amount) => amount.toFixed(2))).toEqual([
      '45.00',
      '4.90',
      '1.00',
    ]);
    expect(api.operations.map(({ query }) => query.includes('$'))).toEqual([false, false, false]);
  });

  it('happens once: advancing again, and a hundred sweeps, ask for nothing', async () => {
    api.files.customers = jsonl([bulkCustomer(1)]);
    await advance();
    await advance();
    expect(await runs()).toHaveLength(3);
    expect(api.operations).toHaveLength(3);
    expect(await sweepBackfills()).toEqual({ shopIds: [] });
  });

  it('happens again after a new install', async () => {
    await advance();
    await pool().query("UPDATE shops SET installed_at = installed_at + interval '400 days' WHERE id = $1", [
      shopId,
    ]);
    await pool().query("UPDATE backfill_runs SET started_at = '2026-03-02' WHERE shop_id = $1", [shopId]);
    expect(await sweepBackfills()).toEqual({ shopIds: [shopId] });
    await advance();
    expect(await runs()).toHaveLength(6);
  });

  it('earns nothing and enrols nobody for what was ordered before the install', async () => {
    api.files.orders = jsonl(bulkOrder(5001));
    await advance();
    expect(await count('orders')).toBe(1);
    expect(await count('ledger_transactions')).toBe(0);
    expect(await count('flow_runs')).toBe(0);
  });

  it('treats what was ordered since the install as news: its webhook was lost', async () => {
    api.files.orders = jsonl(bulkOrder(5001, { processedAt: '2026-03-05T00:00:00Z' }));
    await advance();
    expect((await prisma().order.findFirstOrThrow({ where: { shopId } })).historic).toBe(false);
    expect(await count('ledger_transactions')).toBe(1);
  });

  it('meets webhooks of the same order in any order, and ends the same', async () => {
    api.files.orders = jsonl(bulkOrder(5001, { processedAt: '2026-03-05T00:00:00Z' }));
    const { domain } = await withShop(shopId, (tx) => getShop(tx, { shopId }));
    await createDeliveries([
      {
        topic: 'orders/create',
        payload: orderPayload({ id: '5001', updatedAt: '2026-03-06T00:00:00Z' }),
        shopDomain: domain,
      },
    ]);
    await Promise.all([drainInbox(domain), advance()]);
    expect(await count('orders')).toBe(1);
    expect(await count('ledger_transactions')).toBe(1);
    expect((await prisma().order.findFirstOrThrow({ where: { shopId } })).shopifyUpdatedAt).toEqual(
      new Date('2026-03-06T00:00:00Z'),
    );
  });
});

describe('an import that is interrupted', () => {
  const many = (n: number) => jsonl(Array.from({ length: n }, (_, index) => bulkCustomer(index + 1)));

  it('goes on where the last batch ended, and does none twice', async () => {
    api.files.customers = many(3_500);
    api.breakAfter.set('customers', Math.floor(api.files.customers.length * 0.7));
    await expect(advance()).rejects.toThrow('connection reset');
    const halfway = (await runs())[1];
    expect(halfway).toMatchObject({ status: 'ingesting', error: 'connection reset' });
    expect(halfway?.ingestedLines).toBe(2_000);
    expect(await count('profiles')).toBe(2_000);
    await advance();
    expect(await count('profiles')).toBe(3_500);
    expect((await runs())[1]).toMatchObject({ status: 'done', ingestedLines: 3_500, error: null });
  });

  it('is taken in by one worker when two try', async () => {
    api.files.customers = many(2_500);
    await Promise.all([advance(), advance(), advance()]);
    await advance();
    expect(await count('profiles')).toBe(2_500);
    expect((await runs()).map(({ status }) => status)).toEqual(['done', 'done', 'done']);
  });

  it('asks for a new address when the old one has run out', async () => {
    api.files.customers = many(3);
    api.gone.add('customers');
    await advance();
    expect(api.downloads).toEqual(['customers', 'customers']);
    expect(await count('profiles')).toBe(3);
  });
});

describe('an import that Shopify does not complete', () => {
  it('waits while it runs', async () => {
    api.outcome = () => ({ status: 'RUNNING', url: null, objectCount: '1200' });
    await advance();
    expect((await runs()).map(({ status, totalObjects }) => [status, totalObjects])).toEqual([
      ['running', 1200],
      ['running', 1200],
      ['running', 1200],
    ]);
    expect(await sweepBackfills()).toEqual({ shopIds: [shopId] });
  });

  it('waits its turn when others are running', async () => {
    api.refuseToStart = { code: 'OPERATION_IN_PROGRESS', message: 'busy' };
    await advance();
    expect((await runs()).map(({ status }) => status)).toEqual(['requested', 'requested', 'requested']);
    api.refuseToStart = null;
    await advance();
    expect((await runs()).map(({ status }) => status)).toEqual(['done', 'done', 'done']);
  });

  it('starts again twice, then says why it gave up; the other kinds go on', async () => {
    api.files.customers = jsonl([bulkCustomer(1)]);
    api.outcome = (kind, attempt) =>
      kind === 'products' || attempt === 1
        ? { status: 'FAILED', errorCode: 'INTERNAL_SERVER_ERROR', url: null }
        : {};
    await advance();
    expect((await runs()).map(({ status, attempts }) => [status, attempts])).toEqual([
      ['failed', 2],
      ['done', 1],
      ['done', 1],
    ]);
    expect((await runs())[0]?.error).toContain('INTERNAL_SERVER_ERROR');
    expect(await count('profiles')).toBe(1);
  });

  it('gives up at once when access is denied, or the query is refused', async () => {
    api.outcome = () => ({ status: 'FAILED', errorCode: 'ACCESS_DENIED', url: null });
    await advance();
    expect((await runs()).map(({ status }) => status)).toEqual(['failed', 'failed', 'failed']);
    expect(api.operations).toHaveLength(3);
  });
});

describe('what cannot be taken in', () => {
  it('is passed over and named, the rest is imported', async () => {
    const broken = { ...bulkCustomer(2), createdAt: 'never' };
    api.files.customers = jsonl([bulkCustomer(1), broken, bulkCustomer(3)]);
    api.files.products = jsonl([...bulkProduct(301), ...bulkProduct(302), ...bulkProduct(303)]).replace(
      '"49.00","image":null,"inventoryItem":{"unitCost":{"amount":"21.5"}},"__parentId":"gid://shopify/Product/302"',
      '"99999999999999999999","image":null,"inventoryItem":{"unitCost":null},"__parentId":"gid://shopify/Product/302"',
    );
    await advance();
    const [products, customers] = await runs();
    expect(customers).toMatchObject({ status: 'done' });
    expect(customers?.error).toMatch(/^1 could not be read, first gid:\/\/shopify\/Customer\/2/);
    expect(products).toMatchObject({ status: 'done', ingestedLines: 6 });
    expect(products?.error).toMatch(/^1 could not be read, first gid:\/\/shopify\/Product\/302/);
    expect(await count('profiles')).toBe(2);
    expect(await count('products')).toBe(2);
  });

  it('is named once, however the batch around it is taken apart', async () => {
    const broken = { ...bulkProduct(301)[0], updatedAt: 'never' };
    api.files.products = jsonl([broken, ...bulkProduct(302), ...bulkProduct(303)]).replace(
      '"49.00","image":null,"inventoryItem":{"unitCost":{"amount":"21.5"}},"__parentId":"gid://shopify/Product/302"',
      '"99999999999999999999","image":null,"inventoryItem":{"unitCost":null},"__parentId":"gid://shopify/Product/302"',
    );
    await advance();
    expect((await runs())[0]?.error).toMatch(/^2 could not be read/);
    expect(await count('products')).toBe(1);
  });
});

describe('the nightly reconciliation', () => {
  it('asks active shops for what changed in the last three days, once however often it runs', async () => {
    await advance();
    await queue('maintenance').drain();
    const two = await createShop(`two${shopCount}.myshopify.com`);
    const now = new Date('2026-05-01T02:00:00Z');
    expect(await reconcileShops({ now })).toEqual({ shopIds: [shopId, two] });
    await reconcileShops({ now });
    const requested = (await runs()).filter(({ reason }) => reason === 'reconcile');
    expect(requested).toHaveLength(3);
    api.files.orders = jsonl(bulkOrder(5009, { processedAt: '2026-04-30T00:00:00Z' }));
    await advance();
    expect(api.operations.at(-1)?.query).toContain(
      `orders(query: "updated_at:>='2026-04-28T02:00:00.000Z'")`,
    );
    expect(await count('orders')).toBe(1);
    expect(await count('orders', two)).toBe(0);
  });
});
