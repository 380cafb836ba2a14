import { createCookie } from '@remix-run/node';
import { z } from 'zod';
import { decrypt, encrypt } from '~/platform/crypto.server';

/** Who has signed in to the affiliates' portal. */
export interface PartnerSession {
  shopId: number;
  affiliateId: bigint;
}

const lifeMs = 12 * 60 * 60 * 1_000;
const cookie = createCookie('perennial_partner', {
  path: '/portal',
  httpOnly: true,
  secure: true,
  sameSite: 'lax',
});
const sealedSchema = z.object({
  shopId: z.number().int().positive(),
  affiliateId: z.string().regex(/^\d+$/).transform(BigInt),
  until: z.number(),
});

/** The cookie of a session of twelve hours. It is sealed: nobody can read it, change it or make one. */
export function partnerCookie({ shopId, affiliateId }: PartnerSession, now: Date): Promise<string> {
  const sealed = { shopId, affiliateId: affiliateId.toString(), until: now.getTime() + lifeMs };
  return cookie.serialize(encrypt(JSON.stringify(sealed)), { maxAge: lifeMs / 1_000 });
}

/** The cookie that ends a session. */
export function noPartnerCookie(): Promise<string> {
  return cookie.serialize('', { maxAge: 0 });
}

/** Whose session a request carries; null when it is none, changed, or over. */
export async function readPartnerSession(request: Request, now: Date): Promise<PartnerSession | null> {
  const sealed = z
    .string()
    .min(1)
    .safeParse(await cookie.parse(request.headers.get('cookie')));
  if (!sealed.success) return null;
  try {
    const { until, ...session } = sealedSchema.parse(JSON.parse(decrypt(sealed.data)));
    return now.getTime() < until ? session : null;
  } catch {
    return null;
  }
}
