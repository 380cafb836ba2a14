import { spawn, type ChildProcess } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { z } from 'zod';
import { scripts } from '../../package.json';

/** Of a person: answers to programs are others. */
export const userAgent =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36';

const addressSchema = z.object({ port: z.number() });

/** The built server, as `npm start` starts it. */
export function startServer(env: NodeJS.ProcessEnv): ChildProcess {
  const [program = 'node', ...args] = scripts.start.split(' ');
  return spawn(program, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** As Shopify makes them, for extensions and for the admin. */
export function sessionToken(shop: string, claims: Record<string, unknown>): string {
  const seconds = Math.floor(Date.now() / 1_000);
  const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const all = {
    dest: `https://${shop}`,
    aud: 'bench-key',
    exp: seconds + 300,
    nbf: seconds - 5,
    iat: seconds - 5,
    jti: randomUUID(),
    ...claims,
  };
  const signed = `${base64({ alg: 'HS256', typ: 'JWT' })}.${base64(all)}`;
  return `${signed}.${createHmac('sha256', 'bench-secret').update(signed).digest('base64url')}`;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = addressSchema.parse(server.address());
  await new Promise((resolve) => server.close(resolve));
  return port;
}
