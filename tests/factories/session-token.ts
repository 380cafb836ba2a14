import { createHmac } from 'node:crypto';

const base64 = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

/** A session token as Shopify makes them, with the claims all of them have; `claims` adds to these and overrules them. */
export function sessionToken(
  claims: Record<string, unknown>,
  { secret = 'test-api-secret', alg = 'HS256' }: { secret?: string; alg?: string } = {},
): string {
  const seconds = Math.floor(Date.now() / 1_000);
  const body = {
    aud: 'test-api-key',
    exp: seconds + 60,
    nbf: seconds - 5,
    iat: seconds - 5,
    jti: 'x',
    ...claims,
  };
  const signed = `${base64({ alg, typ: 'JWT' })}.${base64(body)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}
