import '@shopify/shopify-api/adapters/node';
import { ApiVersion, LogSeverity, shopifyApi } from '@shopify/shopify-api';
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { validateDelivery } from '~/ingest/validate-delivery';

const secret = 'test-api-secret';
const body = Buffer.from('{"id":1,"title":"Grüße"}');
const library = shopifyApi({
  apiKey: 'key',
  apiSecretKey: secret,
  apiVersion: ApiVersion.July26,
  isEmbeddedApp: true,
  hostName: 'perennial.test',
  logger: { level: LogSeverity.Error, log: async () => {} },
});

const sign = (text: Buffer | string) => createHmac('sha256', secret).update(text).digest('base64');

function headers(overrides: Record<string, string | undefined> = {}): Record<string, string> {
  const all: Record<string, string | undefined> = {
    'x-shopify-hmac-sha256': sign(body),
    'x-shopify-topic': 'orders/create',
    'x-shopify-shop-domain': 'one.myshopify.com',
    'x-shopify-api-version': '2026-07',
    'x-shopify-webhook-id': 'w-1',
    ...overrides,
  };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** The status the library's own authenticator answers with. */
async function statusOfLibrary(given: Record<string, string>, raw: Buffer): Promise<number> {
  const result = await library.webhooks.validate({
    rawBody: raw.toString('utf8'),
    rawRequest: { headers: { ...given }, method: 'POST', url: '/webhooks' },
    rawResponse: {},
  });
  if (result.valid) return 200;
  const reason: string = result.reason;
  return reason === 'invalid_hmac' ? 401 : 400;
}

function ourStatus(given: Record<string, string>, raw: Buffer): number {
  const result = validateDelivery(given, raw, secret);
  return result.valid ? 200 : result.status;
}

const valid = sign(body);
const flip = (text: string, index: number) =>
  text.slice(0, index) + (text[index] === 'A' ? 'B' : 'A') + text.slice(index + 1);

describe('validateDelivery decides as the library does', () => {
  const cases: [string, Record<string, string>, Buffer][] = [
    ['a valid delivery', headers(), body],
    [
      'an optional header',
      headers({ 'x-shopify-triggered-at': '2026-05-01T10:00:00Z', 'x-shopify-event-id': 'e' }),
      body,
    ],
    ...Array.from({ length: valid.length }, (_, index): [string, Record<string, string>, Buffer] => [
      `character ${index} of the signature changed`,
      headers({ 'x-shopify-hmac-sha256': flip(valid, index) }),
      body,
    ]),
    ...Array.from({ length: body.length }, (_, index): [string, Record<string, string>, Buffer] => {
      const changed = Buffer.from(body);
      changed[index] = changed[index] === 0x20 ? 0x21 : 0x20;
      return [`byte ${index} of the body changed`, headers(), changed];
    }),
    ['a short signature', headers({ 'x-shopify-hmac-sha256': valid.slice(0, -1) }), body],
    ['a long signature', headers({ 'x-shopify-hmac-sha256': `${valid}=` }), body],
    [
      'a signature in hex',
      headers({ 'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('hex') }),
      body,
    ],
    ['a signature without padding', headers({ 'x-shopify-hmac-sha256': valid.replace('=', '') }), body],
    [
      'a url-safe signature',
      headers({ 'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64url') }),
      body,
    ],
    [
      'the signature of another secret',
      headers({ 'x-shopify-hmac-sha256': createHmac('sha256', 'other').update(body).digest('base64') }),
      body,
    ],
    ['an empty signature', headers({ 'x-shopify-hmac-sha256': '' }), body],
    ['an empty body', headers({ 'x-shopify-hmac-sha256': sign('') }), Buffer.alloc(0)],
    ...[
      'x-shopify-hmac-sha256',
      'x-shopify-topic',
      'x-shopify-shop-domain',
      'x-shopify-api-version',
      'x-shopify-webhook-id',
    ].flatMap((name): [string, Record<string, string>, Buffer][] => [
      [`no ${name}`, headers({ [name]: undefined }), body],
      [`an empty ${name}`, headers({ [name]: '' }), body],
    ]),
    ['no headers and a wrong signature', { 'x-shopify-hmac-sha256': flip(valid, 0) }, body],
    ['headers of the new events alone', { 'shopify-hmac-sha256': valid, 'shopify-topic': 'x' }, body],
  ];

  it.each(cases)('%s', async (_name, given, raw) => {
    expect(ourStatus(given, raw)).toBe(await statusOfLibrary(given, raw));
  });
});

describe('validateDelivery', () => {
  it('reads the headers', () => {
    const result = validateDelivery(
      headers({
        'x-shopify-topic': 'Orders/Create',
        'x-shopify-shop-domain': 'One.myshopify.com',
        'x-shopify-triggered-at': '2026-05-01T10:00:00.123456789Z',
      }),
      body,
      secret,
    );
    expect(result).toEqual({
      valid: true,
      headers: {
        topic: 'orders/create',
        shopDomain: 'one.myshopify.com',
        apiVersion: '2026-07',
        webhookId: 'w-1',
        eventId: null,
        triggeredAt: new Date('2026-05-01T10:00:00.123Z'),
      },
    });
  });

  it('takes no time that a database would refuse', () => {
    for (const time of ['soon', '+275000-01-01T00:00:00Z', '0001-01-01T00:00:00Z']) {
      const result = validateDelivery(headers({ 'x-shopify-triggered-at': time }), body, secret);
      expect(result).toMatchObject({ valid: true, headers: { triggeredAt: null } });
    }
  });

  it('refuses names too long for an index', () => {
    expect(ourStatus(headers({ 'x-shopify-webhook-id': 'x'.repeat(256) }), body)).toBe(400);
  });
});
