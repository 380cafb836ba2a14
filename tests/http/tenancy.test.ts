import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { adjustPoints } from '~/modules/loyalty/index.server';
import { pool, withShop } from '~/platform/db/index.server';
import { sessionStorage } from '~/platform/sessions/session-storage.server';
import { usePointsAtCheckout } from '../factories/points-at-checkout';
import { offlineSession } from '../factories/session';
import { sessionToken } from '../factories/session-token';
import { aTenant, tenantTables, type Tenant } from '../factories/tenant';
import { useTestDatabase } from '../setup/database';
import { answerOf, loadRoute, type RouteFunction } from './tenancy/answer';
import { routeTries } from './tenancy/routes';
import type { Try } from './tenancy/try';

useTestDatabase();
const askPoints = usePointsAtCheckout();

let own: Tenant;
let other: Tenant;

beforeAll(async () => {
  own = await aTenant('own');
  other = await aTenant('other');
  for (const { domain } of [own, other]) await sessionStorage.storeSession(offlineSession(domain));
}, 60_000);

const userAgent =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36';

describe('a page of another shop', () => {
  it.each(readdirSync('app/routes'))('%s does not show or change what is not its own', async (file) => {
    const tries = routeTries({ own, other })[file];
    if (!tries)
      throw new Error(`Say in tests/http/tenancy how ${file} is to be tried with another shop's ids.`);
    if (tries.open) return;
    const module = await loadRoute(file);
    expect({ loader: 'loader' in tries, action: 'action' in tries }).toEqual({
      loader: module.loader !== undefined,
      action: module.action !== undefined,
    });
    const before = await fingerprint(other.shopId);
    for (const attempt of tries.loader ?? []) await expectApart('GET', attempt, module.loader);
    for (const attempt of tries.action ?? []) await expectApart('POST', attempt, module.action);
    expect(await fingerprint(other.shopId)).toEqual(before);
  });
});

describe('points at checkout', () => {
  it('are those of the shop the token is for, though a customer of another has the same id', async () => {
    await withShop(other.shopId, (tx) =>
      adjustPoints(tx, {
        ...other,
        points: 1_234,
        reason: 'gift',
        staff: 'staff:1',
        key: 'gift',
        now: new Date(),
      }),
    );
    const balances = [own, other].map(async ({ domain }) => {
      const token = adminToken(domain, { sub: 'gid://shopify/Customer/7001' });
      const response = await askPoints('?total=100.00&currency=EUR', { token });
      return z.object({ balance: z.number() }).parse(await response.json()).balance;
    });
    const [mine = NaN, theirs = NaN] = await Promise.all(balances);
    expect(mine).toBeLessThan(100);
    expect(theirs).toBeGreaterThan(1_000);
  });
});

describe('whose request it is', () => {
  const ask = async (headers: Record<string, string>, query = '') => {
    const { loader } = await loadRoute('app.carts._index.tsx');
    return answerOf(loader, new Request(`https://perennial.test/app/carts${query}`, { headers }));
  };

  it('the token says, not the address', async () => {
    const { status, body } = await ask(headersOf(own), `?shop=${other.domain}&host=x`);
    expect({ status, theirs: body.includes(other.mark) }).toEqual({ status: 200, theirs: false });
  });

  it.each([
    ['signed with another secret', { secret: 'not-the-secret' }],
    ['made for another app', { aud: 'another-app' }],
    ['out of date', { exp: Math.floor(Date.now() / 1_000) - 60 }],
    ['not signed', { alg: 'none' }],
  ])('a token that is %s is refused', async (_what, claims) => {
    const { status } = await ask({
      ...headersOf(own),
      authorization: `Bearer ${adminToken(other.domain, claims)}`,
    });
    expect(status).toBe(401);
  });

  it('without a token nobody gets in', async () => {
    const { status, body } = await ask({ 'user-agent': userAgent }, `?shop=${other.domain}`);
    expect(status).not.toBe(200);
    expect(body).not.toContain(other.mark);
  });
});

describe('SQL inside withShop', () => {
  it('sees, changes and removes nothing of another shop, in any table', async () => {
    for (const { table } of await tenantTables()) {
      const theirs = await pool().query(`SELECT 1 FROM ${table} WHERE shop_id = $1`, [other.shopId]);
      expect(theirs.rowCount, `${table} has nothing that could be seen`).toBeGreaterThan(0);
      const touched = await withShop(own.shopId, async (tx) => [
        (await tx.$queryRawUnsafe<unknown[]>(`SELECT 1 FROM ${table} WHERE shop_id <> ${own.shopId}`)).length,
        await tx.$executeRawUnsafe(`UPDATE ${table} SET shop_id = shop_id WHERE shop_id = ${other.shopId}`),
        await tx.$executeRawUnsafe(`DELETE FROM ${table} WHERE shop_id = ${other.shopId}`),
      ]);
      expect(touched, table).toEqual([0, 0, 0]);
      await expect(adopt(table), `${table} took a row for another shop`).rejects.toThrow(
        /row-level security|append-only/,
      );
    }
  });

  it('sees one shop and the deliveries of one shop', async () => {
    const seen = await withShop(own.shopId, async (tx) => ({
      shops: await tx.$queryRaw`SELECT domain FROM shops`,
      deliveries: await tx.$queryRaw`SELECT DISTINCT shop_domain FROM inbox_events`,
    }));
    expect(seen).toEqual({ shops: [{ domain: own.domain }], deliveries: [{ shop_domain: own.domain }] });
  });

  it.each(['sessions', 'platform_state', '_prisma_migrations', 'bullmq.job'])(
    'may not read %s at all',
    async (table) => {
      await expect(
        withShop(own.shopId, (tx) => tx.$queryRawUnsafe(`SELECT 1 FROM ${table}`)),
      ).rejects.toThrow(/permission denied/);
    },
  );

  it('stays apart when two shops share few connections', async () => {
    const seesOnlyItself = (tenant: { shopId: number }) =>
      withShop(tenant.shopId, async (tx) => {
        const rows = await tx.$queryRaw<{ shop_id: number }[]>`SELECT DISTINCT shop_id FROM orders`;
        return rows.length === 1 && rows[0]?.shop_id === tenant.shopId;
      });
    // Several times as many at once as there are connections, but not so many that the last ones give up waiting.
    const pairs = Array.from({ length: 50 }, () => [own, other]).flat();
    for (let wave = 0; wave < 10; wave += 1)
      expect(await Promise.all(pairs.map(seesOnlyItself))).toEqual(pairs.map(() => true));
  });

  it('that is forgotten outside sees nothing', async () => {
    const client = await pool().connect();
    try {
      await client.query('BEGIN; SET LOCAL ROLE perennial_tenant');
      expect((await client.query('SELECT 1 FROM orders')).rowCount).toBe(0);
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  });
});

async function expectApart(method: string, attempt: Try, run: RouteFunction | undefined): Promise<void> {
  const { params = {}, form, json } = attempt;
  const path = Object.entries(params).reduce(
    (text, [name, value]) => text.replace(`:${name}`, value),
    attempt.path,
  );
  const headers = headersOf(own);
  const body = form ? new URLSearchParams(form) : json === undefined ? undefined : JSON.stringify(json);
  const request = new Request(`https://perennial.test${path}`, { method, headers, body });
  const { status, body: answer } = await answerOf(run, request, params);
  expect(`${method} ${path}: ${status}`).toBe(
    `${method} ${path}: ${attempt.expect === 'notFound' ? 404 : 200}`,
  );
  expect(answer).not.toContain(other.mark);
}

function headersOf({ domain }: Tenant): Record<string, string> {
  return { authorization: `Bearer ${adminToken(domain)}`, 'user-agent': userAgent };
}

/** As App Bridge sends them. */
function adminToken(
  domain: string,
  {
    secret,
    alg,
    ...claims
  }: { secret?: string; alg?: string; aud?: string; exp?: number; sub?: string } = {},
): string {
  const shop = `https://${domain}`;
  return sessionToken({ iss: `${shop}/admin`, dest: shop, sub: '42', sid: 'y', ...claims }, { secret, alg });
}

/** Everything a shop has, in one text per table. */
async function fingerprint(shopId: number): Promise<Record<string, string>> {
  const prints: Record<string, string> = {};
  for (const { table } of await tenantTables()) {
    const { rows } = await pool().query<{ print: string }>(
      `SELECT count(*) || ' ' || md5(coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '')) AS print FROM ${table} t WHERE shop_id = $1`,
      [shopId],
    );
    prints[table] = rows[0]!.print;
  }
  return prints;
}

/** Tries to give a row of ours to the other shop. */
async function adopt(table: string): Promise<unknown> {
  return withShop(own.shopId, (tx) =>
    tx.$executeRawUnsafe(`UPDATE ${table} SET shop_id = ${other.shopId} WHERE shop_id = ${own.shopId}`),
  );
}
