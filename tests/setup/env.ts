// The environment every test runs in; set before anything of the app is imported.
Object.assign(process.env, {
  NODE_ENV: 'test',
  SHOPIFY_API_KEY: 'test-api-key',
  SHOPIFY_API_SECRET: 'test-api-secret',
  SHOPIFY_APP_URL: 'https://perennial.test',
  SMTP_URL: 'smtp://127.0.0.1:2599',
  EMAIL_FROM: 'hello@perennial.test',
  ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
  LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
  PERENNIAL_DEV: '1',
});
