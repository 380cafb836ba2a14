import { Router, type Response } from 'express';
import { z } from 'zod';
import { takeHttp500 } from '../faults';
import { readBody, readShopHeader } from '../http/request';
import type { AccessToken, Shop } from '../state/model';
import type { Store } from '../store';
import { ACCESS_LIFETIME_S, REFRESH_LIFETIME_S, issueAccessToken, refreshAccessToken } from './access-tokens';
import { checkAdminToken } from './session-token';

const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const ID_TOKEN = 'urn:ietf:params:oauth:token-type:id_token';
const OFFLINE_TOKEN = 'urn:shopify:params:oauth:token-type:offline-access-token';

const clientSchema = z.object({ client_id: z.string(), client_secret: z.string() });
const exchangeSchema = clientSchema.extend({
  grant_type: z.literal(TOKEN_EXCHANGE),
  subject_token: z.string(),
  subject_token_type: z.literal(ID_TOKEN),
  requested_token_type: z.literal(OFFLINE_TOKEN),
  expiring: z.union([z.string(), z.number(), z.boolean()]).optional(),
});
const refreshSchema = clientSchema.extend({
  grant_type: z.literal('refresh_token'),
  refresh_token: z.string(),
});
const requestSchema = z.discriminatedUnion('grant_type', [exchangeSchema, refreshSchema]);
type TokenRequest = z.infer<typeof requestSchema>;

class OAuthError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

function tokenResponse(token: AccessToken) {
  const expiry =
    token.refreshToken === null
      ? {}
      : {
          expires_in: ACCESS_LIFETIME_S,
          refresh_token: token.refreshToken,
          refresh_token_expires_in: REFRESH_LIFETIME_S,
        };
  return { access_token: token.accessToken, scope: token.scopes.join(','), ...expiry };
}

function exchange(store: Store, shop: Shop, request: z.infer<typeof exchangeSchema>): AccessToken {
  const claims = checkAdminToken(request.subject_token, store.options.apiKey, store.options.apiSecret);
  if (typeof claims === 'string')
    throw new OAuthError('invalid_subject_token', `The subject token was refused: ${claims}.`);
  if (claims.dest !== `https://${shop.domain}`)
    throw new OAuthError('invalid_subject_token', 'The subject token is for another shop.');
  if (!shop.installed)
    throw new OAuthError('app_not_installed', `The app is not installed on ${shop.domain}.`);
  return issueAccessToken(shop, ['1', 'true'].includes(String(request.expiring ?? '0')));
}

function refresh(shop: Shop, request: z.infer<typeof refreshSchema>): AccessToken {
  const token = shop.installed ? refreshAccessToken(shop, request.refresh_token) : null;
  if (token === null)
    throw new OAuthError('invalid_grant', 'The refresh token is unknown, expired or has been used.');
  return token;
}

function grant(store: Store, shop: Shop, request: TokenRequest): AccessToken {
  const { apiKey, apiSecret } = store.options;
  if (request.client_id !== apiKey || request.client_secret !== apiSecret) {
    throw new OAuthError('invalid_client', 'The client id or secret is wrong.');
  }
  return request.grant_type === 'refresh_token' ? refresh(shop, request) : exchange(store, shop, request);
}

function refuse(response: Response, code: string, description: string): void {
  response.status(400).json({ error: code, error_description: description });
}

export function oauthRoutes(store: Store): Router {
  const router = Router();
  router.post('/admin/oauth/access_token', (request, response) => {
    if (takeHttp500(store.faults)) {
      response.status(500).send('Internal Server Error');
      return;
    }
    const shop = store.findShop(readShopHeader(request));
    if (shop === null) {
      refuse(response, 'invalid_request', 'There is no such shop.');
      return;
    }
    const parsed = requestSchema.safeParse(readBody(request));
    if (!parsed.success) {
      refuse(response, 'invalid_request', z.prettifyError(parsed.error));
      return;
    }
    try {
      const token = grant(store, shop, parsed.data);
      store.touch();
      response.json(tokenResponse(token));
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error;
      refuse(response, error.code, error.message);
    }
  });
  return router;
}
