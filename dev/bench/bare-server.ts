import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { Pool } from 'pg';

// The yardstick: no framework, no batching. Checks the HMAC, inserts one row per request, answers after the commit.
const [url = '', secret = ''] = process.argv.slice(2);
const pool = new Pool({ connectionString: url, max: 10 });
const insert = `
  INSERT INTO inbox_events (shop_domain, webhook_id, event_id, topic, api_version, triggered_at, received_at, body, next_attempt_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $7) ON CONFLICT (shop_domain, webhook_id) DO NOTHING`;

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks);
    const header = (name: string) => String(request.headers[name] ?? '');
    const expected = createHmac('sha256', secret).update(body).digest();
    const given = Buffer.from(header('x-shopify-hmac-sha256'), 'base64');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      response.writeHead(401).end();
      return;
    }
    const values = [
      header('x-shopify-shop-domain'),
      header('x-shopify-webhook-id'),
      header('x-shopify-event-id'),
      header('x-shopify-topic'),
      header('x-shopify-api-version'),
      header('x-shopify-triggered-at'),
      new Date(),
      body.toString('utf8'),
    ];
    pool.query({ name: 'insert', text: insert, values }).then(
      () => response.writeHead(200).end(),
      () => response.writeHead(500).end(),
    );
  });
});
server.listen(0, '127.0.0.1', () => process.send?.(server.address()));
