import { createServer, request, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNudge } from '~/ingest/nudge.server';
import { createReceiver, receiveWebhook } from '~/ingest/receive.server';
import { createInboxWriter } from '~/ingest/write-inbox.server';
import { pool } from '~/platform/db/index.server';
import { queue } from '~/platform/queue/queue.server';
import { announcedShops, signedDelivery } from '../factories/deliveries';
import { orderPayload } from '../factories/payloads/order';
import { useTestDatabase } from '../setup/database';

useTestDatabase();

type Handler = ReturnType<typeof createReceiver>;
const servers: { close: () => void }[] = [];

async function listen(handler: Handler): Promise<string> {
  const server: Server = createServer(handler);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`;
}

async function stored(webhookId: string): Promise<Record<string, unknown>[]> {
  const { rows } = await pool().query<Record<string, unknown>>(
    'SELECT * FROM inbox_events WHERE webhook_id = $1',
    [webhookId],
  );
  return rows;
}

let url = '';
beforeAll(async () => {
  url = await listen(receiveWebhook);
});
afterAll(() => servers.forEach((server) => server.close()));

const post = (delivery: { body: string | Buffer; headers: Record<string, string> }, to = url) =>
  fetch(to, {
    method: 'POST',
    headers: delivery.headers,
    body: typeof delivery.body === 'string' ? delivery.body : new Uint8Array(delivery.body),
  });

describe('a delivery', () => {
  it('is stored word for word before it is answered', async () => {
    const delivery = signedDelivery({
      topic: 'orders/create',
      payload: orderPayload(),
      webhookId: 'w-stored',
    });
    expect((await post(delivery)).status).toBe(200);
    expect(await stored('w-stored')).toMatchObject([
      {
        shop_domain: 'one.myshopify.com',
        topic: 'orders/create',
        api_version: '2026-07',
        status: 'pending',
        attempts: 0,
        body: delivery.body,
        triggered_at: new Date('2026-05-01T10:00:00Z'),
      },
    ]);
  });

  it('is one row however often it comes, at the same time or later', async () => {
    const delivery = signedDelivery({
      topic: 'orders/create',
      payload: orderPayload(),
      webhookId: 'w-twice',
    });
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(delivery)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    expect((await post(delivery)).status).toBe(200);
    expect(await stored('w-twice')).toHaveLength(1);
  });

  it('of the same id but another shop is another one', async () => {
    for (const shopDomain of ['one.myshopify.com', 'two.myshopify.com']) {
      await post(signedDelivery({ topic: 'orders/create', payload: {}, webhookId: 'w-shared', shopDomain }));
    }
    expect(await stored('w-shared')).toHaveLength(2);
  });

  it('is kept even when its text is one PostgreSQL cannot store', async () => {
    const { createHmac } = await import('node:crypto');
    const body = Buffer.concat([Buffer.from('{"a":"x'), Buffer.from([0x00, 0xff, 0xc3]), Buffer.from('y"}')]);
    const { headers } = signedDelivery({ topic: 'orders/create', payload: '', webhookId: 'w-bytes' });
    const hmac = createHmac('sha256', 'test-api-secret').update(body).digest('base64');
    expect((await post({ body, headers: { ...headers, 'x-shopify-hmac-sha256': hmac } })).status).toBe(200);
    expect((await stored('w-bytes'))[0]?.body).toBe('{"a":"x\ufffd\ufffd\ufffdy"}');
  });

  it('shares statements with others without losing any', async () => {
    const deliveries = Array.from({ length: 600 }, (_, index) =>
      signedDelivery({
        topic: 'orders/updated',
        payload: { n: index, text: `Grüße "${index}" \\ ${'ü'.repeat(index % 50)}` },
        webhookId: `w-many-${index}`,
      }),
    );
    const answers = await Promise.all(deliveries.map((delivery) => post(delivery)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(600);
    const { rows } = await pool().query<{ webhook_id: string; body: string }>(
      "SELECT webhook_id, body FROM inbox_events WHERE webhook_id LIKE 'w-many-%'",
    );
    const bodies = new Map(rows.map((row) => [row.webhook_id, row.body]));
    deliveries.forEach(({ body }, index) => expect(bodies.get(`w-many-${index}`)).toBe(body));
  });
});

describe('what is refused', () => {
  const delivery = () =>
    signedDelivery({ topic: 'orders/create', payload: { id: 1 }, webhookId: 'w-refused' });

  it('another method', async () => {
    const answer = await fetch(url);
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('POST');
  });

  it('a wrong signature, a changed body, missing headers, no body', async () => {
    const { body, headers } = delivery();
    const { 'x-shopify-topic': _topic, ...withoutTopic } = headers;
    const { 'x-shopify-hmac-sha256': _hmac, ...unsigned } = headers;
    expect((await post({ body: `${body} `, headers })).status).toBe(401);
    expect((await post({ body, headers: { ...headers, 'x-shopify-hmac-sha256': 'AAAA' } })).status).toBe(401);
    expect((await post({ body, headers: withoutTopic })).status).toBe(400);
    expect((await post({ body, headers: unsigned })).status).toBe(400);
    expect((await post({ body: '', headers })).status).toBe(400);
    expect(await stored('w-refused')).toEqual([]);
  });

  it('more than 5 MB, announced or not', async () => {
    const { headers } = delivery();
    const status = await sendRaw(headers, { announce: 6 * 1024 * 1024, send: 0 });
    expect(status).toBe(413);
    expect(await sendRaw(headers, { announce: null, send: 6 * 1024 * 1024 })).toBe(413);
  });

  it('nothing of a real size', async () => {
    const large = signedDelivery({
      topic: 'orders/create',
      payload: { text: 'x'.repeat(4 * 1024 * 1024) },
      webhookId: 'w-large',
    });
    expect((await post(large)).status).toBe(200);
    expect(await stored('w-large')).toHaveLength(1);
  });
});

describe('a delivery that one row of the batch would spoil', () => {
  it('is stored all the same', async () => {
    await pool().query("ALTER TABLE inbox_events ADD CONSTRAINT no_poison CHECK (topic <> 'poison')");
    const inputs = Array.from({ length: 30 }, (_, index) => ({
      topic: index === 7 ? 'poison' : 'orders/create',
      payload: {},
      webhookId: `w-poison-${index}`,
    }));
    const answers = await Promise.all(inputs.map((input) => post(signedDelivery(input))));
    expect(answers.map(({ status }) => status)).toEqual(
      inputs.map(({ topic }) => (topic === 'poison' ? 503 : 200)),
    );
    await pool().query('ALTER TABLE inbox_events DROP CONSTRAINT no_poison');
    expect((await post(signedDelivery(inputs[7]!))).status).toBe(200);
  });
});

describe('when the database is not there', () => {
  const nudge = () => {
    throw new Error('must not be called');
  };

  it('answers 503 at once when it refuses connections', async () => {
    const nowhere = new Pool({ connectionString: 'postgres://x:x@127.0.0.1:1/x' });
    const down = await listen(createReceiver({ write: createInboxWriter(() => nowhere).write, nudge }));
    const startedAt = performance.now();
    const answer = await post(signedDelivery({ topic: 'orders/create', payload: {} }), down);
    expect(answer.status).toBe(503);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  it('answers 503 within 4 seconds when it does not answer, to those who wait in line too', async () => {
    const sockets: Socket[] = [];
    const hole = createTcpServer((socket) => sockets.push(socket));
    await new Promise<void>((resolve) => hole.listen(0, '127.0.0.1', resolve));
    const silent = new Pool({
      connectionString: `postgres://x:x@127.0.0.1:${(hole.address() as AddressInfo).port}/x`,
      max: 2,
    });
    silent.on('error', () => {});
    const down = await listen(
      createReceiver({ write: createInboxWriter(() => silent, { maxRows: 1 }).write, nudge }),
    );
    const times = await Promise.all(
      Array.from({ length: 10 }, async (_, index) => {
        await new Promise((resolve) => setTimeout(resolve, index * 100));
        const startedAt = performance.now();
        const { status } = await post(signedDelivery({ topic: 'orders/create', payload: {} }), down);
        return { status, ms: performance.now() - startedAt };
      }),
    );
    expect(times.every(({ status }) => status === 503)).toBe(true);
    expect(Math.max(...times.map(({ ms }) => ms))).toBeLessThan(4_000);
    sockets.forEach((socket) => socket.destroy());
    hole.close();
  });

  it('refuses at once when too much is waiting', async () => {
    const silent = { query: () => new Promise(() => {}) } as unknown as Pool;
    const writer = createInboxWriter(() => silent, { parallel: 1, maxWaitingBytes: 100, deadlineMs: 200 });
    const delivery = {
      shopDomain: 's',
      webhookId: 'w',
      eventId: null,
      topic: 't',
      apiVersion: 'v',
      triggeredAt: null,
      receivedAt: new Date(),
      body: Buffer.alloc(60),
    };
    const outcomes = await Promise.allSettled([writer.write(delivery), writer.write(delivery)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(String((outcomes[1] as PromiseRejectedResult).reason)).toContain('too many');
  });
});

describe('the nudge', () => {
  it('adds one drain per shop, however many deliveries came', async () => {
    await queue('ingest').drain();
    await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        post(
          signedDelivery({
            topic: 'orders/create',
            payload: {},
            shopDomain: index % 2 ? 'a.myshopify.com' : 'b.myshopify.com',
          }),
        ),
      ),
    );
    await expect.poll(announcedShops).toEqual(['a.myshopify.com', 'b.myshopify.com']);
  });

  it('comes at most once in 20 ms, and again for what comes later', async () => {
    const sent: string[] = [];
    const nudge = createNudge(async (shop) => void sent.push(shop));
    for (let index = 0; index < 10; index += 1) nudge('one');
    nudge('two');
    expect(sent).toEqual([]);
    await expect.poll(() => [...sent].sort()).toEqual(['one', 'two']);
    nudge('one');
    await expect.poll(() => sent.length).toBe(3);
  });

  it('does not fail the delivery when the queue does', async () => {
    const failing = createNudge(() => Promise.reject(new Error('no queue')));
    const to = await listen(createReceiver({ write: createInboxWriter(pool).write, nudge: failing }));
    expect(
      (await post(signedDelivery({ topic: 'orders/create', payload: {}, webhookId: 'w-no-queue' }), to))
        .status,
    ).toBe(200);
    expect(await stored('w-no-queue')).toHaveLength(1);
  });
});

/** A request written by hand: fetch does not let a length be wrong. */
function sendRaw(
  headers: Record<string, string>,
  size: { announce: number | null; send: number },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const extra: Record<string, string> =
      size.announce === null
        ? { 'transfer-encoding': 'chunked' }
        : { 'content-length': String(size.announce) };
    const outgoing = request(url, { method: 'POST', headers: { ...headers, ...extra } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    outgoing.on('error', reject);
    if (size.send > 0) outgoing.write(Buffer.alloc(size.send, 0x20));
    else outgoing.flushHeaders();
  });
}
