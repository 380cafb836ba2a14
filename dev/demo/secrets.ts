import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const schema = z.object({
  encryptionKey: z.string(),
  apiSecret: z.string(),
  jobsPassword: z.string(),
  reportsToken: z.string(),
});

/** Secrets of the demo, made on the first start and kept with its data. */
export function demoSecrets(dataDir: string): z.infer<typeof schema> {
  const file = path.join(dataDir, 'secrets.json');
  if (existsSync(file)) return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const secrets = {
    encryptionKey: randomBytes(32).toString('base64'),
    apiSecret: randomBytes(24).toString('hex'),
    jobsPassword: randomBytes(9).toString('base64url'),
    reportsToken: randomBytes(24).toString('hex'),
  };
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}
