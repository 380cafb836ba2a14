import { existsSync, readFileSync, statSync } from 'node:fs';
import { parse } from 'smol-toml';
import { z } from 'zod';

const subscriptionSchema = z.object({
  topics: z.array(z.string()).default([]),
  compliance_topics: z.array(z.string()).default([]),
  uri: z.string(),
  name: z.string().optional(),
});

const configSchema = z.object({
  name: z.string().default('Perennial'),
  access_scopes: z
    .object({ scopes: z.string().default(''), optional_scopes: z.array(z.string()).default([]) })
    .default({ scopes: '', optional_scopes: [] }),
  webhooks: z
    .object({
      api_version: z.string().default('2026-07'),
      subscriptions: z.array(subscriptionSchema).default([]),
    })
    .default({ api_version: '2026-07', subscriptions: [] }),
  app_proxy: z.object({ subpath: z.string(), prefix: z.string() }).optional(),
});

export interface Subscription {
  readonly topic: string;
  readonly uri: string;
  readonly name: string | null;
}

export interface AppConfig {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly optionalScopes: readonly string[];
  readonly apiVersion: string;
  readonly subscriptions: readonly Subscription[];
}

const DEFAULT_TOPICS = [
  'orders/create',
  'orders/updated',
  'orders/paid',
  'orders/edited',
  'orders/cancelled',
  'orders/fulfilled',
  'orders/delete',
  'refunds/create',
  'fulfillments/create',
  'fulfillments/update',
  'customers/create',
  'customers/update',
  'customers/delete',
  'customers/merge',
  'customer.tags_added',
  'customer.tags_removed',
  'customers_email_marketing_consent/update',
  'checkouts/create',
  'checkouts/update',
  'checkouts/delete',
  'carts/create',
  'carts/update',
  'products/create',
  'products/update',
  'products/delete',
  'app/uninstalled',
  'app/scopes_update',
  'shop/update',
  'bulk_operations/finish',
  'customers/data_request',
  'customers/redact',
  'shop/redact',
] as const;

const DEFAULT_SCOPES = [
  'read_customers',
  'write_customers',
  'read_customer_merge',
  'read_orders',
  'read_all_orders',
  'read_fulfillments',
  'read_products',
  'read_inventory',
  'read_discounts',
  'write_discounts',
] as const;

const DEFAULT_OPTIONAL_SCOPES = ['write_gift_cards', 'write_store_credit_account_transactions'] as const;

/** Used while the app has no configuration file. */
const DEFAULT_CONFIG: AppConfig = {
  name: 'Perennial',
  scopes: DEFAULT_SCOPES,
  optionalScopes: DEFAULT_OPTIONAL_SCOPES,
  apiVersion: '2026-07',
  subscriptions: DEFAULT_TOPICS.map((topic) => ({ topic, uri: '/webhooks', name: null })),
};

let cached: { readonly path: string; readonly changedAt: number; readonly config: AppConfig } | null = null;

/** Scopes and subscriptions as Shopify would take them at deploy time; an edit of the file counts at once. */
export function readAppConfig(tomlPath: string): AppConfig {
  if (!existsSync(tomlPath)) return DEFAULT_CONFIG;
  const changedAt = statSync(tomlPath).mtimeMs;
  if (cached?.path !== tomlPath || cached.changedAt !== changedAt) {
    cached = { path: tomlPath, changedAt, config: parseAppConfig(readFileSync(tomlPath, 'utf8')) };
  }
  return cached.config;
}

function parseAppConfig(text: string): AppConfig {
  const config = configSchema.parse(parse(text));
  const subscriptions = config.webhooks.subscriptions.flatMap((entry) =>
    [...entry.topics, ...entry.compliance_topics].map((topic) => ({
      topic,
      uri: entry.uri,
      name: entry.name ?? null,
    })),
  );
  return {
    name: config.name,
    scopes: config.access_scopes.scopes
      .split(',')
      .map((scope) => scope.trim())
      .filter((scope) => scope !== ''),
    optionalScopes: config.access_scopes.optional_scopes,
    apiVersion: config.webhooks.api_version,
    subscriptions,
  };
}
