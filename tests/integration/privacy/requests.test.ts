import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { handlers } from '~/jobs/catalog.server';
import { isJobName } from '~/jobs/definitions';
import { getPrivacyExport, listPrivacyRequests } from '~/modules/insights/index.server';
import { listShopsToSweep, sweepPrivacy } from '~/modules/privacy/index.server';
import { impersonalTables, personalTables } from '~/modules/privacy/inventory';
import { shopTables } from '~/modules/privacy/shop-tables';
import type { DataRequestFact } from '~/modules/privacy/types';
import { ensureShop } from '~/modules/shops/index.server';
import { pool, prisma, withShop } from '~/platform/db/index.server';
import { closeQueues, queue } from '~/platform/queue/queue.server';
import { appUninstalled } from '~/processes/app-uninstalled.server';
import { dataRequested } from '~/processes/data-requested.server';
import { shopRedacted } from '~/processes/shop-redacted.server';
import { createDeliveries } from '../../factories/deliveries';
import { checkoutFact, customerFact, minute, orderFact, person, refundFact } from '../../factories/facts';
import { arrive, createShop } from '../../factories/records';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

const now = minute(0);
const days = (count: number): Date => new Date(now.getTime() + count * 24 * 60 * 60 * 1_000);
const heldSchema = z.object({
  about: z.unknown(),
  held: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))),
});

/** A shop with one customer who bought, was refunded in part, and left a cart. */
async function aShopWithLife(): Promise<number> {
  const shopId = await createShop();
  const me = person({ shopifyCustomerId: 1n, email: 'ada@mail.example' });
  await arrive(shopId, {
    customers: [customerFact(1n, { email: 'ada@mail.example' }), customerFact(2n)],
    consents: [
      {
        shopifyCustomerId: 1n,
        email: null,
        state: 'subscribed',
        level: null,
        source: 'shopify',
        occurredAt: now,
        key: 'c',
      },
    ],
    checkouts: [checkoutFact(`cart-${shopId}`, { person: me })],
    orders: [
      orderFact(9_007_199_254_740_993n, { person: me }),
      orderFact(2n, { person: person({ shopifyCustomerId: 2n }) }),
    ],
    refunds: [
      refundFact(5n, 9_007_199_254_740_993n, {
        lines: [{ id: 1n, orderLineId: 1n, quantity: 1, subtotal: '25.00', tax: '0' }],
      }),
    ],
  });
  return shopId;
}

describe('a data request', () => {
  const request = (key: string, subject: Partial<DataRequestFact['subject']> = {}): DataRequestFact => ({
    key,
    subject: { shopifyCustomerId: 1n, email: null, phone: null, ...subject },
    orderIds: [],
    requestedAt: now,
  });
  const tell = (shopId: number, ...facts: DataRequestFact[]): Promise<void> =>
    withShop(shopId, (tx) => dataRequested(tx, { shopId, facts, now }));
  const list = (shopId: number) => withShop(shopId, (tx) => listPrivacyRequests(tx, { shopId, limit: 10 }));
  const download = (shopId: number, id: string) =>
    withShop(shopId, (tx) => getPrivacyExport(tx, { shopId, requestId: BigInt(id) }));

  it('makes an export of everything held on the person, and on nobody else', async () => {
    const shopId = await aShopWithLife();
    await tell(shopId, request('r1'));
    const [row] = await list(shopId);
    expect(row).toMatchObject({
      kind: 'data_request',
      status: 'done',
      customerId: '1',
      dueAt: days(30).toISOString(),
      hasExport: true,
    });
    const json = await download(shopId, row!.id);
    expect(json).toContain('9007199254740993'); // not rounded
    const { held } = heldSchema.parse(JSON.parse(json));
    const counts = Object.fromEntries(Object.entries(held).map(([table, rows]) => [table, rows.length]));
    expect(counts).toMatchObject({
      profiles: 1,
      orders: 1,
      order_lines: 1,
      refunds: 1,
      carts: 1,
      consents: 1,
      ledger_accounts: 1,
    });
    expect(held.profiles?.[0]).toMatchObject({ email: 'ada@mail.example', first_name: 'Ada' });
    expect(json).not.toContain('customer2@');
  });

  it('told twice, or ten times at once, is one request', async () => {
    const shopId = await aShopWithLife();
    await Promise.all(Array.from({ length: 10 }, () => tell(shopId, request('same'))));
    expect(await list(shopId)).toHaveLength(1);
  });

  it('about somebody unknown is answered with nothing', async () => {
    const shopId = await aShopWithLife();
    await tell(shopId, request('r', { shopifyCustomerId: 404n, email: 'nobody@mail.example' }));
    const [row] = await list(shopId);
    const { held } = heldSchema.parse(JSON.parse(await download(shopId, row!.id)));
    expect(Object.values(held).flat()).toEqual([]);
  });

  it('can be downloaded for 30 days, and is dropped then', async () => {
    const shopId = await aShopWithLife();
    await tell(shopId, request('r'));
    const [row] = await list(shopId);
    expect(await listShopsToSweep(prisma())).toContain(shopId);
    await withShop(shopId, (tx) => sweepPrivacy(tx, { shopId, now: days(29) }));
    await download(shopId, row!.id);
    await withShop(shopId, (tx) => sweepPrivacy(tx, { shopId, now: days(30) }));
    await expect(download(shopId, row!.id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('of another shop can’t be downloaded', async () => {
    const [mine, theirs] = [await aShopWithLife(), await aShopWithLife()];
    await tell(theirs, request('r'));
    const [row] = await list(theirs);
    expect(await list(mine)).toEqual([]);
    await expect(download(mine, row!.id)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('erasing a shop', () => {
  const tell = (shopId: number, requestedAt = now): Promise<void> =>
    withShop(shopId, (tx) => shopRedacted(tx, { shopId, facts: [{ key: 'k', requestedAt }], now }));
  const rowsOf = async (shopId: number, domain: string): Promise<number> => {
    let count = 0;
    for (const table of [...shopTables, 'shops', 'sessions', 'inbox_events']) {
      const [column, value] =
        table === 'shops'
          ? ['id', shopId]
          : shopTables.includes(table)
            ? ['shop_id', shopId]
            : ['shop_domain', domain];
      const { rows } = await pool().query<{ count: string }>(
        `SELECT count(*) FROM ${table} WHERE ${column} = $1`,
        [value],
      );
      count += Number(rows[0]!.count);
    }
    return count;
  };
  const withSession = async (shopId: number): Promise<string> => {
    const { domain } = await prisma().shop.findUniqueOrThrow({ where: { id: shopId } });
    await prisma().session.create({
      data: { id: `offline_${domain}`, shopDomain: domain, isOnline: false, state: '', updatedAt: now },
    });
    await createDeliveries([{ shopDomain: domain, topic: 'orders/create', payload: { id: 1 } }]);
    return domain;
  };

  it('leaves no row of it, and touches no other shop', async () => {
    const [gone, stays] = [await aShopWithLife(), await aShopWithLife()];
    const [goneDomain, staysDomain] = [await withSession(gone), await withSession(stays)];
    const before = await rowsOf(stays, staysDomain);
    expect(await rowsOf(gone, goneDomain)).toBeGreaterThan(30);
    await tell(gone);
    expect(await rowsOf(gone, goneDomain)).toBe(0);
    expect(await rowsOf(stays, staysDomain)).toBe(before);
  });

  it('the tenant’s role holds again afterwards in the same transaction', async () => {
    const [gone, stays] = [await aShopWithLife(), await aShopWithLife()];
    const seen = await withShop(gone, async (tx) => {
      await shopRedacted(tx, { shopId: gone, facts: [{ key: 'k', requestedAt: now }], now });
      return tx.profile.count();
    });
    expect(seen).toBe(0);
    expect(await prisma().profile.count({ where: { shopId: stays } })).toBe(2);
  });

  it('a request from before the app was installed again changes nothing', async () => {
    const shopId = await aShopWithLife();
    const domain = await withSession(shopId);
    const before = await rowsOf(shopId, domain);
    await tell(shopId, new Date('2025-12-31T00:00:00Z'));
    expect(await rowsOf(shopId, domain)).toBe(before);
  });

  it('goes on where it was interrupted, also when that of another shop can’t', async () => {
    const [stuck, big] = [await createShop(), await createShop()];
    const requestedAt = minute(60 * 24 * 400);
    await prisma().privacyRequest.createMany({
      data: [stuck, big].map((shopId) => {
        return { shopId, kind: 'shop_redact', key: 'r', status: 'open', requestedAt, dueAt: requestedAt };
      }),
    });
    await pool().query('CREATE TABLE obstacles (shop_id int REFERENCES shops (id))');
    await pool().query('INSERT INTO obstacles VALUES ($1)', [stuck]);
    try {
      await handlers['privacy.sweep']?.({}).catch(() => {});
      for (const job of await queue('maintenance').getWaiting())
        if (isJobName(job.name)) await handlers[job.name]?.(job.data).catch(() => {});
      const left = await prisma().shop.findMany({ where: { id: { in: [stuck, big] } } });
      expect(left.map(({ id }) => id)).toEqual([stuck]);
    } finally {
      await pool().query('DROP TABLE obstacles');
      await queue('maintenance').obliterate({ force: true });
      await closeQueues();
    }
  });

  it('a big one goes in parts', async () => {
    const shopId = await aShopWithLife();
    const domain = await withSession(shopId);
    await pool().query(
      `INSERT INTO timeline_events (shop_id, profile_id, kind, key, occurred_at)
       SELECT $1, 1, 'order_placed', 'big:' || n, '2026-05-01' FROM generate_series(1, 25000) AS n`,
      [shopId],
    );
    await tell(shopId);
    expect(await prisma().privacyRequest.findFirst({ where: { shopId } })).toMatchObject({
      kind: 'shop_redact',
      status: 'open',
    });
    expect(await withShop(shopId, (tx) => sweepPrivacy(tx, { shopId, now }))).toEqual({ more: false });
    expect(await rowsOf(shopId, domain)).toBe(0);
  });
});

describe('an uninstall', () => {
  const tell = (shopId: number, occurredAt: Date): Promise<void> =>
    withShop(shopId, (tx) => appUninstalled(tx, { shopId, facts: [{ occurredAt }], now: occurredAt }));

  it('stops mail and throws the keys away, keeps data and flow runs, once and again', async () => {
    const shopId = await aShopWithLife();
    const { domain } = await prisma().shop.findUniqueOrThrow({ where: { id: shopId } });
    const { id: profileId } = await prisma().profile.findFirstOrThrow({ where: { shopId } });
    await prisma().session.create({
      data: { id: `s-${shopId}`, shopDomain: domain, isOnline: false, state: '', updatedAt: now },
    });
    const message = {
      shopId,
      profileId,
      kind: 'marketing',
      templateKey: 'win_back',
      locale: 'en',
      createdAt: now,
    };
    await prisma().message.createMany({
      data: [
        { ...message, token: `a-${shopId}`, dedupeKey: 'a', status: 'queued' },
        { ...message, token: `b-${shopId}`, dedupeKey: 'b', status: 'sent' },
      ],
    });
    await prisma().flowRun.create({
      data: {
        shopId,
        profileId,
        flowKey: 'win_back',
        version: 1,
        runKey: 'r',
        state: 'waiting',
        nodeKey: 'n',
        dueAt: now,
        enteredAt: now,
        nodeSince: now,
      },
    });
    await tell(shopId, now);
    await tell(shopId, now);
    const messages = await prisma().message.findMany({ where: { shopId }, orderBy: { dedupeKey: 'asc' } });
    expect(messages.map(({ status, error }) => ({ status, error }))).toEqual([
      { status: 'withheld', error: 'shop_uninstalled' },
      { status: 'sent', error: null },
    ]);
    expect(await prisma().session.count({ where: { shopDomain: domain } })).toBe(0);
    expect(await prisma().flowRun.findFirst({ where: { shopId } })).toMatchObject({ state: 'waiting' });
    expect(await prisma().order.count({ where: { shopId } })).toBe(2);
    expect(await prisma().shop.findUnique({ where: { id: shopId } })).toMatchObject({
      status: 'uninstalled',
    });
  });

  it('told after a new install changes nothing', async () => {
    const shopId = await aShopWithLife();
    const { domain } = await prisma().shop.findUniqueOrThrow({ where: { id: shopId } });
    await tell(shopId, now);
    await ensureShop(prisma(), { domain, now: days(1) });
    await prisma().session.create({
      data: { id: `again-${shopId}`, shopDomain: domain, isOnline: false, state: '', updatedAt: now },
    });
    await tell(shopId, now);
    expect(await prisma().session.count({ where: { shopDomain: domain } })).toBe(1);
    expect(await prisma().shop.findUnique({ where: { id: shopId } })).toMatchObject({ status: 'installing' });
  });
});

describe('the inventory and the database', () => {
  interface Column {
    table: string;
    column: string;
    type: string;
    ofShop: boolean;
  }
  let columns: Column[];

  beforeAll(async () => {
    const { rows } = await pool().query<Column>(
      `SELECT c.table_name AS table, c.column_name AS column, c.udt_name AS type,
         EXISTS (SELECT 1 FROM information_schema.columns s
                 WHERE s.table_schema = 'public' AND s.table_name = c.table_name AND s.column_name = 'shop_id') AS "ofShop"
       FROM information_schema.columns c WHERE c.table_schema = 'public'`,
    );
    columns = rows;
  });

  it('every table is in one of the two lists: it tells about people, or it says why not', () => {
    const tables = [...new Set(columns.map(({ table }) => table))].sort();
    expect([...Object.keys(personalTables), ...Object.keys(impersonalTables)].sort()).toEqual(tables);
  });

  it('every text of a table about people is judged: forgotten, or named as plain', () => {
    const open = columns.filter(({ table, column, type }) => {
      const entry = personalTables[table];
      if (!entry || !['text', 'varchar', 'json', 'jsonb', '_text', 'bytea', 'inet'].includes(type))
        return false;
      return entry.forget !== 'delete' && !(column in entry.forget) && !entry.plain.includes(column);
    });
    expect(open.map(({ table, column }) => `${table}.${column}`)).toEqual([]);
  });

  it('no table without people has a column that sounds like one about a person', () => {
    const merchant = new Set(['shops.email', 'shop_settings.sender_email', 'shop_settings.postal_address']);
    const sounds =
      /(^|_)(email|phone|first_name|last_name|full_name|address|to_address|birthday|ip|customer_id)$/;
    const found = columns.filter(({ table, column }) => table in impersonalTables && sounds.test(column));
    expect(
      found.map(({ table, column }) => `${table}.${column}`).filter((name) => !merchant.has(name)),
    ).toEqual([]);
  });

  it('what it names exists', () => {
    const known = new Set(columns.map(({ table, column }) => `${table}.${column}`));
    const named = Object.entries(personalTables).flatMap(([table, { forget, plain }]) =>
      [...(forget === 'delete' ? [] : Object.keys(forget)), ...plain].map((column) => `${table}.${column}`),
    );
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });

  it('every table of a shop is erased with it', () => {
    const tables = [...new Set(columns.filter(({ ofShop }) => ofShop).map(({ table }) => table))].sort();
    expect([...shopTables].sort()).toEqual(tables);
  });
});
