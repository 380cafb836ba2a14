import { z } from 'zod';
import { DEFAULT_OPTIONS } from './options';
import { startStore } from './start-store';

const env = z
  .object({
    PORT: z.coerce.number().int().default(DEFAULT_OPTIONS.port),
    APP_URL: z.url().default(DEFAULT_OPTIONS.appUrl),
    SHOPIFY_API_KEY: z.string().default(DEFAULT_OPTIONS.apiKey),
    SHOPIFY_API_SECRET: z.string().default(DEFAULT_OPTIONS.apiSecret),
    DATA_FILE: z.string().optional(),
    TOML_PATH: z.string().default(DEFAULT_OPTIONS.tomlPath),
  })
  .parse(process.env);

const running = await startStore({
  port: env.PORT,
  appUrl: env.APP_URL,
  apiKey: env.SHOPIFY_API_KEY,
  apiSecret: env.SHOPIFY_API_SECRET,
  dataFile: env.DATA_FILE ?? null,
  tomlPath: env.TOML_PATH,
  log: (line) => console.log(`[store] ${line}`),
});

for (const { domain } of running.store.state.shops) {
  console.log(
    `[store] ${domain}: admin ${running.url}/admin/${domain}, storefront ${running.url}/shop/${domain}`,
  );
}

const stop = () => void running.close().then(() => process.exit(0));
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
