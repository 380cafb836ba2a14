import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

const LIFETIME_S = 60;
const EXTENSION_LIFETIME_S = 300;

function base64url(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64url');
}

function sign(content: string, secret: string): string {
  return createHmac('sha256', secret).update(content).digest('base64url');
}

function encodeJwt(claims: Readonly<Record<string, unknown>>, secret: string): string {
  const content = `${base64url(JSON.stringify({ alg: 'HS256', typ: 'JWT' }))}.${base64url(JSON.stringify(claims))}`;
  return `${content}.${sign(content, secret)}`;
}

interface Issuer {
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly shopDomain: string;
}

/** The id token an embedded app gets. Always real time: the app's library compares with the real clock. */
export function issueAdminToken({ apiKey, apiSecret, shopDomain }: Issuer, staffId: bigint): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: `https://${shopDomain}/admin`,
    dest: `https://${shopDomain}`,
    aud: apiKey,
    sub: staffId.toString(),
    exp: now + LIFETIME_S,
    nbf: now - 5,
    iat: now,
    jti: randomUUID(),
    sid: randomUUID(),
  };
  return encodeJwt(claims, apiSecret);
}

/** The session token of a UI extension; `sub` is there only when the buyer is logged in. */
export function issueExtensionToken(
  { apiKey, apiSecret, shopDomain }: Issuer,
  customerGid: string | null,
): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    dest: shopDomain,
    aud: apiKey,
    exp: now + EXTENSION_LIFETIME_S,
    nbf: now,
    iat: now,
    jti: randomUUID(),
    ...(customerGid === null ? {} : { sub: customerGid }),
  };
  return encodeJwt(claims, apiSecret);
}

const claimsSchema = z.object({
  iss: z.string(),
  dest: z.string(),
  aud: z.string(),
  exp: z.number(),
  nbf: z.number(),
  sub: z.string(),
});
export type AdminClaims = z.infer<typeof claimsSchema>;

/** The claims of a genuine, current admin token, or a sentence that says what is wrong with it. */
export function checkAdminToken(token: string, apiKey: string, apiSecret: string): AdminClaims | string {
  const [header, body, signature] = token.split('.');
  if (header === undefined || body === undefined || signature === undefined) return 'it is not a JWT';
  const expected = Buffer.from(sign(`${header}.${body}`, apiSecret));
  const given = Buffer.from(signature);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return 'its signature is wrong';
  const claims = claimsSchema.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')));
  if (!claims.success) return 'claims are missing';
  const now = Date.now() / 1000;
  if (claims.data.exp < now - 10) return 'it has expired';
  if (claims.data.nbf > now + 10) return 'it is not valid yet';
  if (claims.data.aud !== apiKey) return 'its audience is another app';
  return claims.data;
}
