import { z } from 'zod';
import { remember } from './remember.server';

const optionalUrl = (what: string) => z.url({ error: what }).optional();
const flag = z
  .enum(['0', '1'])
  .default('0')
  .transform((value) => value === '1');

/** Everything the environment may say, and the only place that says it. `.env.example` lists the same names (by test). */
export const envSchema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  DATABASE_URL: optionalUrl('a PostgreSQL URL, e.g. postgres://user:password@host:5432/perennial'),
  REDIS_URL: optionalUrl('a Redis URL, e.g. redis://host:6379; leave it out to run BullMQ on PostgreSQL'),
  SHOPIFY_API_KEY: z.string({ error: 'the client id of the app, from the Shopify Dev Dashboard' }).min(1),
  SHOPIFY_API_SECRET: z
    .string({ error: 'the client secret of the app, from the Shopify Dev Dashboard' })
    .min(1),
  SHOPIFY_APP_URL: z.url({
    error: 'the public https address of this app, e.g. https://perennial.example.com',
  }),
  SCOPES: z.string().optional(), // shopify.app.toml decides; the Shopify CLI passes this in development
  SMTP_URL: z.url({ error: 'the outgoing mail server, e.g. smtps://user:password@smtp.example.com:465' }),
  EMAIL_FROM: z.email({ error: 'the address mail is sent from, e.g. hello@example.com' }),
  MAIL_REPORTS_TOKEN: z
    .string()
    .min(24, { error: 'at least 24 characters (openssl rand -hex 24); opens POST /mail-reports' })
    .optional(),
  ENCRYPTION_KEY: z
    .string({ error: '32 random bytes in base64: openssl rand -base64 32' })
    .refine((value) => Buffer.from(value, 'base64').length === 32, {
      error: '32 random bytes in base64: openssl rand -base64 32',
    }),
  ADMIN_PASSWORD: z
    .string()
    .min(12, { error: 'at least 12 characters; opens the job dashboard at /jobs (user "admin")' })
    .optional(),
  ROLE: z.enum(['all', 'web', 'worker'], { error: 'all, web or worker' }).default('all'),
  PORT: z.coerce.number({ error: 'a port number' }).int().min(0).max(65535).default(3000),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  DATA_DIR: z.string().default('.data'), // embedded PostgreSQL lives here when DATABASE_URL is unset
  DATABASE_POOL_SIZE: z.coerce.number({ error: 'a number of connections' }).int().min(2).default(10),
  PERENNIAL_DEV: flag, // 1 opens /dev/clock and the stand-in store; never in production
  SHOPIFY_STAND_IN_URL: optionalUrl(
    'where the stand-in store runs, e.g. http://127.0.0.1:4000; development only',
  ),
  APP_BRIDGE_URL: optionalUrl('a local copy of App Bridge; development only'),
});

export type Env = z.infer<typeof envSchema>;

declare global {
  interface PerennialSingletons {
    env: Env;
  }
}

/** Parses an environment. Throws one error that lists every wrong or missing variable and what it should be. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const present = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = envSchema.safeParse(present);
  const problems = result.success
    ? devProblems(result.data)
    : result.error.issues.map((issue) => describe(issue, present));
  if (result.success && problems.length === 0) return result.data;
  throw new Error(
    `The configuration is not complete. Please set:\n${problems.map((line) => `  - ${line}`).join('\n')}`,
  );
}

/** The environment of this process, parsed once. */
export function env(): Env {
  return remember('env', () => parseEnv(process.env));
}

function describe(issue: z.core.$ZodIssue, present: Record<string, string | undefined>): string {
  const name = String(issue.path[0]);
  return `${name} (${present[name] === undefined ? 'missing' : 'not valid'}): ${issue.message}`;
}

function devProblems(parsed: Env): string[] {
  const switches = ['PERENNIAL_DEV', 'SHOPIFY_STAND_IN_URL'] as const;
  if (parsed.NODE_ENV !== 'production' || parsed.PERENNIAL_DEV) return [];
  return switches
    .filter((name) => parsed[name])
    .map((name) => `${name} (not valid): only allowed together with PERENNIAL_DEV=1`);
}
