import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startStore, type RunningStore } from '../../dev/store/start-store';

const SHOP = 'perennial-demo.myshopify.com';
const SECRET = 'perennial-demo-secret';

interface Received {
  readonly topic: string;
  readonly webhookId: string;
  readonly body: string;
}

/** An app that checks the signature and remembers. `answers` are given first, then 200. */
async function startApp(answers: number[] = []) {
  const received: Received[] = [];
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      const signature = createHmac('sha256', SECRET).update(body).digest('base64');
      const { headers } = request;
      if (headers['x-shopify-hmac-sha256'] !== signature) response.writeHead(401);
      else {
        received.push({
          topic: String(headers['x-shopify-topic']),
          webhookId: String(headers['x-shopify-webhook-id']),
          body,
        });
        response.writeHead(answers.shift() ?? 200);
      }
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://localhost:${port}`, received, close: () => server.close() };
}

let app: Awaited<ReturnType<typeof startApp>>;
let store: RunningStore;

beforeEach(async () => {
  app = await startApp();
  store = await startStore({ port: 0, appUrl: app.url, tomlPath: 'none.toml', retryDelaysMs: [10, 10] });
});

afterEach(async () => {
  await store.close();
  app.close();
});

async function call(path: string, body?: unknown): Promise<unknown> {
  const init =
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(`${store.url}${path}`, init);
  return response.json();
}

const control = (path: string, body?: unknown) => call(`/control/${SHOP}${path}`, body);
const idle = () => call('/control/idle');
const token = z.object({ token: z.string() });

async function buy(email = 'new@example.com'): Promise<string> {
  const [product] = store.store.getShop(SHOP).products;
  const variantId = String(product?.variants[0]?.id);
  const checkout = token.parse(
    await control('/checkouts', { lines: [{ variantId, quantity: 3 }], email, acceptsMarketing: true }),
  );
  const order = z
    .object({ admin_graphql_api_id: z.string() })
    .parse(await control(`/checkouts/${checkout.token}/pay`, {}));
  return order.admin_graphql_api_id.replace(/^.*\//, '');
}

async function exchange(extra: Record<string, unknown> = {}): Promise<Response> {
  const subject = token.parse(await call(`/control/admin-token?shop=${SHOP}`)).token;
  return fetch(`${store.url}/admin/oauth/access_token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-standin-shop': SHOP },
    body: JSON.stringify({
      client_id: 'perennial-demo-key',
      client_secret: SECRET,
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: subject,
      subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
      requested_token_type: 'urn:shopify:params:oauth:token-type:offline-access-token',
      expiring: '1',
      ...extra,
    }),
  });
}

const grant = z.object({ access_token: z.string(), refresh_token: z.string() });
const failure = z.object({ message: z.string(), extensions: z.object({ code: z.string() }).optional() });
const answer = z.object({
  data: z.unknown().optional(),
  // A refused token is answered with one sentence, everything else with a list.
  errors: z
    .union([z.array(failure), z.string().transform((message) => [failure.parse({ message })])])
    .optional(),
});

/** What lies at a dotted path, or undefined. */
function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((found, name) => z.record(z.string(), z.unknown()).catch({}).parse(found)[name], value);
}

async function graphql(accessToken: string, query: string, variables: Record<string, unknown> = {}) {
  const response = await fetch(`${store.url}/admin/api/2026-07/graphql.json`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-standin-shop': SHOP,
      'x-shopify-access-token': accessToken,
    },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, ...answer.parse(await response.json()) };
}

async function installed(): Promise<string> {
  await control('/install', {});
  return grant.parse(await (await exchange()).json()).access_token;
}

describe('webhooks', () => {
  it('tells an installed app what a purchase causes, signed, with ids digit by digit', async () => {
    await control('/install', {});
    const orderId = await buy();
    await idle();
    const topics = app.received.map(({ topic }) => topic);
    expect(new Set(topics)).toEqual(
      new Set([
        'carts/create',
        'checkouts/create',
        'checkouts/update',
        'customers/create',
        'customers/update',
        'customers_email_marketing_consent/update',
        'orders/create',
        'orders/paid',
        'orders/updated',
      ]),
    );
    const created = app.received.find(({ topic }) => topic === 'orders/create')?.body ?? '';
    expect(BigInt(orderId)).toBeGreaterThan(2n ** 53n);
    expect(created).toContain(`{"id":${orderId},`);
    const checkout = app.received.find(({ topic }) => topic === 'checkouts/create')?.body ?? '';
    expect(JSON.parse(checkout)).not.toHaveProperty('id');
    const customer = app.received.find(({ topic }) => topic === 'customers/create')?.body ?? '';
    for (const gone of ['tags', 'email_marketing_consent', 'total_spent', 'orders_count'])
      expect(JSON.parse(customer)).not.toHaveProperty(gone);
  });

  it('is silent before the install and after the uninstall', async () => {
    await buy();
    await idle();
    expect(app.received).toEqual([]);
    await control('/install', {});
    await control('/uninstall', {});
    await buy('other@example.com');
    await idle();
    expect(app.received.map(({ topic }) => topic)).toEqual(['app/uninstalled']);
  });

  it('tries again with the same webhook id, and gives up in the end', async () => {
    app.close();
    await store.close();
    app = await startApp([500, 503, 500]);
    store = await startStore({ port: 0, appUrl: app.url, tomlPath: 'none.toml', retryDelaysMs: [10, 10] });
    await control('/install', {});
    await control('/customers', { email: 'a@example.com' });
    await idle();
    expect(app.received).toHaveLength(3);
    expect(new Set(app.received.map(({ webhookId }) => webhookId)).size).toBe(1);
    const [delivery] = store.store.deliveries.list();
    expect(delivery?.status).toBe('failed');
    expect(delivery?.attempts.map(({ status }) => status)).toEqual([500, 503, 500]);
  });

  it('duplicates, drops, reverses and replays on demand', async () => {
    await control('/install', {});
    await call('/control/faults', { deliver: { duplicate: 2 } });
    await control('/customers', { email: 'a@example.com' });
    await idle();
    expect(app.received).toHaveLength(3);
    await call('/control/faults', { deliver: { duplicate: 0, drop: 1 } });
    await control('/customers', { email: 'b@example.com' });
    await idle();
    expect(app.received).toHaveLength(3);
    await call('/control/faults', { deliver: { drop: 0, reorder: true } });
    await control('/customers', { email: 'c@example.com', consent: 'subscribed' });
    await idle();
    expect(app.received.slice(3).map(({ topic }) => topic)).toEqual([
      'customers_email_marketing_consent/update',
      'customers/create',
    ]);
    const recorded = store.store.deliveries.list().length;
    await call('/control/deliveries/replay', { order: 'reverse', duplicates: 1 });
    await idle();
    expect(app.received).toHaveLength(5 + recorded * 2);
  });
});

describe('refunds', () => {
  it('give back single pieces that add up to the whole', async () => {
    await control('/install', {});
    const orderId = await buy();
    const shop = store.store.getShop(SHOP);
    const order = shop.orders[0];
    const lineId = String(order?.lines[0]?.id);
    for (const shipping of [false, false, true])
      await control(`/orders/${orderId}/refund`, { lines: [{ lineId, quantity: 1 }], shipping });
    expect(order?.refunds.reduce((sum, refund) => sum + refund.amount, 0)).toBe(order?.paid);
    const json = z
      .object({ financial_status: z.string(), current_total_price: z.string() })
      .parse(await control(`/orders/${orderId}`));
    expect(json).toEqual({ financial_status: 'refunded', current_total_price: '0.00' });
    expect(await control(`/orders/${orderId}/refund`, { lines: [{ lineId, quantity: 1 }] })).toHaveProperty(
      'error',
    );
  });

  it('give back no more than was paid when a goodwill amount came first', async () => {
    await control('/install', {});
    const orderId = await buy();
    await control(`/orders/${orderId}/refund`, { share: 0.5 });
    await control(`/orders/${orderId}/cancel`, {});
    const order = store.store.getShop(SHOP).orders[0];
    expect(order?.refunds.reduce((sum, refund) => sum + refund.amount, 0)).toBe(order?.paid);
  });
});

describe('OAuth', () => {
  it('refuses a shop without the app, a forged token and a wrong secret', async () => {
    expect((await exchange()).status).toBe(400);
    await control('/install', {});
    expect((await exchange({ subject_token: 'a.b.c' })).status).toBe(400);
    expect((await exchange({ client_secret: 'wrong' })).status).toBe(400);
    expect((await exchange()).status).toBe(200);
  });

  it('swaps a refresh token once', async () => {
    await control('/install', {});
    const first = grant.parse(await (await exchange()).json());
    const refresh = () =>
      fetch(`${store.url}/admin/oauth/access_token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-standin-shop': SHOP },
        body: JSON.stringify({
          client_id: 'perennial-demo-key',
          client_secret: SECRET,
          grant_type: 'refresh_token',
          refresh_token: first.refresh_token,
        }),
      });
    const second = await refresh();
    expect(grant.parse(await second.json()).refresh_token).not.toBe(first.refresh_token);
    const third = await refresh();
    expect(third.status).toBe(400);
    expect(await third.json()).toMatchObject({ error: 'invalid_grant' });
  });
});

describe('Admin API', () => {
  it('rejects what Shopify would reject, and names what it does not play', async () => {
    const access = await installed();
    expect((await graphql('wrong', '{ shop { name } }')).status).toBe(401);
    expect((await graphql(access, '{ shop { name } }')).data).toEqual({ shop: { name: 'Fern & Field' } });
    const unknown = await graphql(access, '{ shop { bogus } }');
    expect(unknown.status).toBe(200);
    expect(unknown.errors?.[0]?.message).toContain('bogus');
    const unplayed = await graphql(access, '{ customers(first: 1) { nodes { image { url } } } }');
    expect(unplayed.errors?.[0]?.message).toContain('Customer.image');
    expect((await graphql(access, '{ orders { nodes { id } } }')).errors?.[0]?.message).toContain(
      'first or last',
    );
    await control('/tokens/expire', {});
    expect((await graphql(access, '{ shop { name } }')).status).toBe(401);
  });

  it('throttles with HTTP 200', async () => {
    const access = await installed();
    await call('/control/faults', { throttle: true });
    const throttled = await graphql(access, '{ shop { name } }');
    expect(throttled.status).toBe(200);
    expect(throttled.errors?.[0]?.extensions?.code).toBe('THROTTLED');
  });

  it('writes consent with real user errors and tells the app', async () => {
    const access = await installed();
    const customer = store.store.getShop(SHOP).customers[2];
    const mutation = `mutation($input: CustomerEmailMarketingConsentUpdateInput!) { customerEmailMarketingConsentUpdate(input: $input) {
      customer { defaultEmailAddress { marketingState } } userErrors { field message code } } }`;
    const write = (marketingState: string) =>
      graphql(access, mutation, {
        input: {
          customerId: `gid://shopify/Customer/${customer?.id}`,
          emailMarketingConsent: { marketingState, marketingOptInLevel: 'SINGLE_OPT_IN' },
        },
      });
    expect(
      at((await write('NOT_SUBSCRIBED')).data, 'customerEmailMarketingConsentUpdate.userErrors'),
    ).toHaveLength(1);
    expect(
      at(
        (await write('SUBSCRIBED')).data,
        'customerEmailMarketingConsentUpdate.customer.defaultEmailAddress.marketingState',
      ),
    ).toBe('SUBSCRIBED');
    await idle();
    expect(app.received.map(({ topic }) => topic)).toEqual(['customers_email_marketing_consent/update']);
  });

  it('runs a bulk query to JSONL with parents', async () => {
    const access = await installed();
    await buy();
    const query = '{ orders { edges { node { id lineItems { edges { node { id quantity } } } } } } }';
    const run = `mutation($query: String!) { bulkOperationRunQuery(query: $query) { bulkOperation { id } userErrors { message } } }`;
    const started = await graphql(access, run, { query });
    const id = String(at(started.data, 'bulkOperationRunQuery.bulkOperation.id'));
    await expect
      .poll(async () =>
        at((await graphql(access, `{ bulkOperation(id: "${id}") { status } }`)).data, 'bulkOperation.status'),
      )
      .toBe('COMPLETED');
    const url = String(
      at((await graphql(access, `{ bulkOperation(id: "${id}") { url } }`)).data, 'bulkOperation.url'),
    );
    const lines = (await (await fetch(url)).text())
      .trim()
      .split('\n')
      .map((line) => z.record(z.string(), z.unknown()).parse(JSON.parse(line)));
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatchObject({ quantity: 3, __parentId: lines[0]?.['id'] });
    await idle();
    expect(app.received.map(({ topic }) => topic)).toContain('bulk_operations/finish');
    const flat = await graphql(access, run, { query: '{ shop { name } }' });
    expect(at(flat.data, 'bulkOperationRunQuery.userErrors')).toHaveLength(1);
  });
});

describe('clock', () => {
  it('moves business time only', async () => {
    await control('/install', {});
    await call('/control/clock', { advanceMs: 60 * 24 * 3_600_000 });
    const customer = z
      .object({ created_at: z.string() })
      .parse(await control('/customers', { email: 'later@example.com' }));
    expect(new Date(customer.created_at).getTime()).toBeGreaterThan(Date.now() + 59 * 24 * 3_600_000);
    const jwt = token.parse(await call(`/control/session-token?shop=${SHOP}`)).token;
    const claims = z
      .object({ exp: z.number() })
      .parse(JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()));
    expect(claims.exp).toBeLessThan(Date.now() / 1000 + 3600);
  });
});
