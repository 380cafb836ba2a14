import { createSecretKey, type KeyObject } from 'node:crypto';
import { errors, jwtVerify } from 'jose';
import { z } from 'zod';
import { env } from '../env.server';
import { remember } from '../remember.server';

declare global {
  interface PerennialSingletons {
    'shopify.tokenKey': KeyObject;
  }
}

export interface SessionToken {
  shopDomain: string;
  shopifyCustomerId: bigint | null; // null: nobody is signed in
}

const claimsSchema = z.object({ dest: z.string(), sub: z.string().nullish() });
const customerGid = /^gid:\/\/shopify\/Customer\/(\d{1,18})$/;
const bearer = /^Bearer (\S+)$/i;

/**
 * Whose request an extension's is, by the `Authorization` header alone; null when the token is missing, not signed by
 * Shopify for this app, out of date or of no shop. Takes the header and no `Request`: what makes one of those costs more
 * than the rest of the answer at checkout.
 */
export async function readSessionToken(authorization: string | null): Promise<SessionToken | null> {
  const token = bearer.exec(authorization ?? '')?.[1];
  if (token === undefined) return null;
  const claims = claimsSchema.safeParse(await verify(token));
  if (!claims.success) return null;
  const { dest, sub } = claims.data;
  const customerId = customerGid.exec(sub ?? '')?.[1];
  return {
    shopDomain: dest.replace(/^https:\/\//, ''),
    shopifyCustomerId: customerId === undefined ? null : BigInt(customerId),
  };
}

async function verify(token: string): Promise<unknown> {
  const { SHOPIFY_API_KEY, SHOPIFY_API_SECRET } = env();
  const key = remember('shopify.tokenKey', () => createSecretKey(SHOPIFY_API_SECRET, 'utf8'));
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['HS256'],
      audience: SHOPIFY_API_KEY,
      requiredClaims: ['exp'],
      clockTolerance: 10, // seconds, as Shopify's own library allows
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}
