import { Client } from 'pg';

/** The environment the app's code runs in while it is measured: as in production, without the outside world. */
export function benchEnvironment(databaseUrl: string, smtpPort = 25): Record<string, string> {
  return {
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    REDIS_URL: '', // BullMQ on PostgreSQL, as in the demo
    SHOPIFY_API_KEY: 'bench-key',
    SHOPIFY_API_SECRET: 'bench-secret',
    SHOPIFY_APP_URL: 'https://bench.example',
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
    EMAIL_FROM: 'bench@example.com',
    ENCRYPTION_KEY: Buffer.alloc(32).toString('base64'),
    LOG_LEVEL: 'error',
  };
}

/** Rows of one statement on a connection of its own. */
export async function sql<T extends object>(url: string, text: string, values: unknown[] = []): Promise<T[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<T>(text, values);
    return rows;
  } finally {
    await client.end();
  }
}

export function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
