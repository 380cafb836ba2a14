import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'smol-toml';
import { z } from 'zod';
import { StoreError, type Store } from '../store';
import { toGid } from '../state/ids';
import type { Shop } from '../state/model';

const tomlSchema = z.object({
  extensions: z.array(
    z.object({
      type: z.string(),
      handle: z.string(),
      runtime_url: z.url().optional(),
      url: z.url().optional(),
    }),
  ),
});

/** Where the app's toml says that Shopify Flow reaches it, on the app this store knows. */
function addressOf(store: Store, isMeant: (extension: { type: string; handle: string }) => boolean): string {
  const folder = store.options.extensionsDir;
  for (const name of readdirSync(folder)) {
    if (!name.startsWith('flow-')) continue;
    const toml = readFileSync(path.join(folder, name, 'shopify.extension.toml'), 'utf8');
    const found = tomlSchema.parse(parse(toml)).extensions.find(isMeant);
    const address = found?.runtime_url ?? found?.url;
    if (address !== undefined) return new URL(new URL(address).pathname, store.options.appUrl).href;
  }
  throw new StoreError('The app brings no such extension for Shopify Flow.', 404);
}

async function call(store: Store, address: string, body: object): Promise<{ status: number; body: unknown }> {
  const text = JSON.stringify(body);
  const hmac = createHmac('sha256', store.options.apiSecret).update(text, 'utf8').digest('base64');
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-shopify-hmac-sha256': hmac },
    body: text,
  });
  return { status: response.status, body: await response.json() };
}

/** A workflow that begins with one of the app's triggers is switched on, or the last one off: the app is told. */
export function switchFlowTrigger(store: Store, shop: Shop, handle: string, isOn: boolean) {
  return call(
    store,
    addressOf(store, ({ type }) => type === 'flow_trigger_lifecycle_callback'),
    {
      flow_trigger_definition_id: handle,
      has_enabled_flow: isOn,
      shopify_domain: shop.domain,
      timestamp: store.clock.iso(),
    },
  );
}

/** A workflow reaches one of the app's actions. The same run reaching it again is Flow trying again. */
export function runFlowAction(
  store: Store,
  shop: Shop,
  run: { handle: string; runId: string; customerId: bigint; properties: Record<string, unknown> },
) {
  const { handle, runId, customerId, properties } = run;
  return call(
    store,
    addressOf(store, (extension) => extension.type === 'flow_action' && extension.handle === handle),
    {
      shop_id: Number(shop.id),
      shopify_domain: shop.domain,
      action_run_id: runId,
      handle,
      properties: { ...properties, customer_id: toGid('Customer', customerId) },
    },
  );
}
