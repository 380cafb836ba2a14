import { readFile } from 'node:fs/promises';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { createShopifyClients, operations, throwUserErrors } from '~/platform/shopify/index.server';
import { generateOperations } from '../../dev/graphql-generate';

const shop = 'one.myshopify.com';
const id = 'gid://shopify/BulkOperation/1';
const operation = { id, status: 'RUNNING', errorCode: null, url: null, objectCount: '12' };

const json = (body: unknown, init?: ResponseInit) => () =>
  Promise.resolve(new Response(JSON.stringify(body), init));
const good = json({ data: { bulkOperation: operation } });
const throttled = json({
  errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }],
  extensions: {
    cost: {
      requestedQueryCost: 150,
      throttleStatus: { maximumAvailable: 2000, currentlyAvailable: 50, restoreRate: 100 },
    },
  },
});

/** A client whose API gives these answers in turn; remembers what it was asked and how long it waited. */
function clientWith(...answers: (() => Promise<Response>)[]) {
  const waits: number[] = [];
  const calls: { url: string; init: RequestInit | undefined; body: unknown }[] = [];
  const send: typeof fetch = (input, init) => {
    const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : null;
    calls.push({ url: typeof input === 'string' ? input : '', init, body });
    return (answers[calls.length - 1] ?? answers.at(-1)!)();
  };
  const client = createShopifyClients({
    tokens: { accessToken: async (domain) => `token-of-${domain}` },
    fetch: send,
    pauseMs: async (ms) => void waits.push(ms),
  })(shop);
  return { client, waits, calls };
}

describe('request', () => {
  it('sends the document with the shop`s token and gives a checked, typed answer', async () => {
    const { client, calls } = clientWith(good);
    const result = await client.request(operations.bulkOperation, { id });
    expectTypeOf(result.bulkOperation).toEqualTypeOf<{
      id: string;
      status: 'CANCELED' | 'CANCELING' | 'COMPLETED' | 'CREATED' | 'EXPIRED' | 'FAILED' | 'RUNNING';
      errorCode: 'ACCESS_DENIED' | 'INTERNAL_SERVER_ERROR' | 'TIMEOUT' | null;
      url: string | null;
      objectCount: string;
    } | null>();
    expect(result).toEqual({ bulkOperation: operation });
    expect(calls[0]?.url).toBe('https://one.myshopify.com/admin/api/2026-07/graphql.json');
    expect(calls[0]?.init?.headers).toMatchObject({ 'X-Shopify-Access-Token': 'token-of-one.myshopify.com' });
    expect(calls[0]?.body).toEqual({
      query: operations.bulkOperation.document,
      variables: { id },
    });
  });

  it('waits until the bucket holds what the query costs', async () => {
    const { client, waits } = clientWith(throttled, good);
    await client.request(operations.bulkOperation, { id });
    expect(waits).toEqual([1_000]); // (150 - 50) points at 100 a second
  });

  it('waits as long as a 429 says, and longer each time without a word', async () => {
    const { client, waits } = clientWith(
      json({}, { status: 429, headers: { 'retry-after': '2.5' } }),
      json({}, { status: 502 }),
      () => Promise.reject(new Error('reset')),
      good,
    );
    await client.request(operations.bulkOperation, { id });
    expect(waits).toEqual([2_500, 1_000, 2_000]);
  });

  it('gives up after a while, saying why', async () => {
    const { client, calls } = clientWith(throttled);
    await expect(client.request(operations.bulkOperation, { id })).rejects.toThrow(/throttled/);
    expect(calls).toHaveLength(6);
  });

  it.each([
    ['a refused token', json({ errors: 'Invalid API key' }, { status: 401 })],
    ['an error of the query', json({ data: null, errors: [{ message: 'Field does not exist' }] })],
    ['an answer outside the schema', json({ data: { bulkOperation: { id: 1 } } })],
  ])('does not try again after %s', async (_name, answer) => {
    const { client, calls } = clientWith(answer);
    await expect(client.request(operations.bulkOperation, { id })).rejects.toMatchObject({
      code: 'unavailable',
    });
    expect(calls).toHaveLength(1);
  });

  it('tries again after an answer that is no GraphQL at all', async () => {
    const { client } = clientWith(() => Promise.resolve(new Response('<html>')), good);
    expect(await client.request(operations.bulkOperation, { id })).toEqual({ bulkOperation: operation });
  });

  it('refuses variables of the wrong kind before it asks', async () => {
    const { client, calls } = clientWith(good);
    const wrong: object = { id: 12 };
    await expect(client.request(operations.bulkOperation, wrong as { id: string })).rejects.toThrow();
    expect(calls).toHaveLength(0);
  });
});

describe('throwUserErrors', () => {
  it('throws with Shopify`s words', () => {
    expect(() => throwUserErrors('the consent', [])).not.toThrow();
    expect(() =>
      throwUserErrors('the consent', [{ field: ['input', 'customerId'], message: 'is unknown' }]),
    ).toThrow('Shopify refused the consent: input.customerId: is unknown');
  });
});

describe('operations.generated.ts', () => {
  it('is what `npm run graphql:generate` writes', async () => {
    expect(await readFile('app/platform/shopify/operations.generated.ts', 'utf8')).toBe(
      await generateOperations(),
    );
  });
});
