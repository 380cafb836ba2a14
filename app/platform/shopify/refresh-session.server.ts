import { Session } from '@shopify/shopify-api';
import { z } from 'zod';
import { AppError } from '../errors';
import { env } from '../env.server';
import type { RefreshSession } from '../sessions/fresh-session.server';

const answerSchema = z.object({
  access_token: z.string(),
  scope: z.string(),
  expires_in: z.number().optional(),
  refresh_token: z.string().optional(),
  refresh_token_expires_in: z.number().optional(),
});

/**
 * Exchanges a refresh token. Shopify's library can do it only after a runtime adapter was loaded, and the adapter of the
 * web server (Remix) and one of ours would replace each other's parts in a process that is both web and worker.
 */
export function createRefresh(send: typeof fetch): RefreshSession {
  return async ({ shop, refreshToken }) => {
    const { SHOPIFY_API_KEY, SHOPIFY_API_SECRET } = env();
    const response = await send(`https://${shop}/admin/oauth/access_token`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify({
        client_id: SHOPIFY_API_KEY,
        client_secret: SHOPIFY_API_SECRET,
        refresh_token: refreshToken,
        grant_type: 'refresh_token',
      }),
      signal: AbortSignal.timeout(15_000),
    });
    if (!response.ok) {
      throw new AppError('unavailable', {
        message: `Shopify refused to refresh the token of ${shop}: HTTP ${response.status}`,
        userMessage:
          'Perennial has lost its access to this shop. Open the app in the Shopify admin to connect it again.',
      });
    }
    const answer = answerSchema.parse(await response.json());
    return new Session({
      id: `offline_${shop}`,
      shop,
      state: '',
      isOnline: false,
      scope: answer.scope,
      accessToken: answer.access_token,
      expires: secondsFromNow(answer.expires_in),
      refreshToken: answer.refresh_token,
      refreshTokenExpires: secondsFromNow(answer.refresh_token_expires_in),
    });
  };
}

// Real time: it is Shopify's clock that lets tokens expire.
function secondsFromNow(seconds: number | undefined): Date | undefined {
  return seconds === undefined ? undefined : new Date(Date.now() + seconds * 1_000);
}
