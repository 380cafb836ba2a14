import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { envSchema, parseEnv } from '~/platform/env.server';

const complete = {
  SHOPIFY_API_KEY: 'key',
  SHOPIFY_API_SECRET: 'secret',
  SHOPIFY_APP_URL: 'https://perennial.example.com',
  SMTP_URL: 'smtp://localhost:25',
  EMAIL_FROM: 'hello@example.com',
  ENCRYPTION_KEY: Buffer.alloc(32).toString('base64'),
};

describe('the environment', () => {
  it('is what .env.example lists', () => {
    const example = readFileSync('.env.example', 'utf8');
    const listed = [...example.matchAll(/^(?:# )?([A-Z_]+)=/gm)].map((match) => match[1]);
    expect(listed.toSorted()).toEqual(Object.keys(envSchema.shape).toSorted());
  });

  it('is refused with one message that lists every problem and what it should be', () => {
    const attempt = () =>
      parseEnv({
        ...complete,
        SMTP_URL: 'no url',
        EMAIL_FROM: undefined,
        PORT: 'many',
        ENCRYPTION_KEY: 'c2hvcnQ=',
      });
    expect(attempt).toThrow(
      /SMTP_URL \(not valid\): the outgoing mail server.*\n.*EMAIL_FROM \(missing\)[^]*ENCRYPTION_KEY[^]*openssl rand[^]*PORT/,
    );
  });

  it('takes an empty variable for a missing one, and fills in defaults', () => {
    expect(parseEnv({ ...complete, REDIS_URL: '', PORT: '' })).toMatchObject({ PORT: 3000, ROLE: 'all' });
    expect(parseEnv({ ...complete, REDIS_URL: '' })).not.toHaveProperty('REDIS_URL');
  });

  it('does not let the stand-in store into production by accident', () => {
    const production = { ...complete, NODE_ENV: 'production', SHOPIFY_STAND_IN_URL: 'http://127.0.0.1:4000' };
    expect(() => parseEnv(production)).toThrow(/SHOPIFY_STAND_IN_URL/);
    expect(() => parseEnv({ ...production, PERENNIAL_DEV: '1' })).not.toThrow();
  });
});
