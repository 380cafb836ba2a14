import { afterEach, beforeEach } from 'vitest';
import { z } from 'zod';
import type { InboxEvent } from '~/ingest/read-event';
import { shopifyCodes } from '~/modules/loyalty/index.server';
import { optionalScopes, type RewardCodes } from '~/modules/loyalty/types';
import { standInFetch } from '~/platform/sessions/stand-in-fetch.server';
import { createShopifyClients } from '~/platform/shopify/index.server';
import { startStore, type RunningStore } from '../../dev/store/start-store';
import { offlineToken } from './offline-token';

const domain = 'perennial-demo.myshopify.com';

/** A stand-in store of its own for each test, and the app's way to its codes. */
class StoreOfCodes {
  store: RunningStore | null = null;
  requests = 0;
  /** Loses the answer of the next request after the store has done what it asked. */
  loseNext = false;

  shop() {
    return this.#running().store.getShop(domain);
  }

  control(path: string, body?: unknown) {
    return this.#call(`/control/${domain}${path}`, body);
  }

  /** What the store has sent to the app since it was last asked for, as the inbox holds it; orders and the like left out. */
  sent(): InboxEvent[] {
    const { deliveries } = this.#running().store;
    const sent = deliveries.list().filter(({ topic }) => topic.startsWith('discounts/'));
    deliveries.clear();
    return sent.map(({ number, shop, topic, webhookId, triggeredAt, body }) => ({
      id: BigInt(number),
      shopDomain: shop,
      topic,
      webhookId,
      triggeredAt: new Date(triggeredAt),
      body,
      attempts: 0,
    }));
  }

  /** The app's own client, against the stand-in store. */
  async codes(): Promise<RewardCodes> {
    const accessToken = await offlineToken(this.#running().url, domain);
    const send = standInFetch(this.#running().url);
    const client = createShopifyClients({
      tokens: { accessToken: () => Promise.resolve(accessToken) },
      pauseMs: () => Promise.resolve(),
      fetch: async (input, init) => {
        this.requests += 1;
        const response = await send(input, init);
        if (!this.loseNext) return response;
        this.loseNext = false;
        throw new Error('connection reset');
      },
    });
    return shopifyCodes(client(domain));
  }

  /** What a code takes off an order, or why it does not. */
  async buy(customerId: bigint, discountCode: string, quantity = 1, product = 0) {
    const variant = this.shop().products[product]!.variants[0]!;
    const checkout = await this.control('/checkouts', {
      lines: [{ variantId: String(variant.id), quantity }],
      customerId: String(customerId),
      discountCode,
    });
    if (checkout.status >= 400) return z.object({ error: z.string() }).parse(checkout.body).error;
    const { token } = z.object({ token: z.string() }).parse(checkout.body);
    const order = await this.control(`/checkouts/${token}/pay`, {});
    return z
      .object({
        discount_codes: z.array(z.object({ code: z.string(), amount: z.string(), type: z.string() })),
      })
      .parse(order.body).discount_codes[0];
  }

  async #call(path: string, body?: unknown) {
    const response = await fetch(`${this.#running().url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as unknown };
  }

  #running(): RunningStore {
    if (!this.store) throw new Error('the store runs within tests only');
    return this.store;
  }
}

export function useStoreOfCodes(): StoreOfCodes {
  const held = new StoreOfCodes();
  beforeEach(async () => {
    const at = { port: 0, appUrl: 'http://localhost:1', tomlPath: 'shopify.app.toml', retryDelaysMs: [] };
    held.store = await startStore(at);
    await held.control('/install', {});
    const { scopes } = held.shop();
    await held.control('/scopes', { scopes: [...scopes, ...optionalScopes] });
    held.requests = 0;
  });
  afterEach(() => held.store?.close());
  return held;
}
