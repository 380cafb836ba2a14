import { randomBytes } from 'node:crypto';
import type { AccessToken, Shop } from '../state/model';

export const ACCESS_LIFETIME_S = 3600;
export const REFRESH_LIFETIME_S = 90 * 24 * 3600;

/** Times are real; the store's clock never expires a token. */
export function issueAccessToken(shop: Shop, expiring: boolean): AccessToken {
  const now = Date.now();
  const token: AccessToken = {
    accessToken: `shpat_${randomBytes(16).toString('hex')}`,
    expiresAtMs: expiring ? now + ACCESS_LIFETIME_S * 1000 : null,
    refreshToken: expiring ? `shprt_${randomBytes(16).toString('hex')}` : null,
    refreshExpiresAtMs: expiring ? now + REFRESH_LIFETIME_S * 1000 : null,
    refreshUsed: false,
    scopes: [...shop.scopes],
  };
  shop.tokens = [
    ...shop.tokens.filter(
      ({ expiresAtMs }) => expiresAtMs === null || expiresAtMs > now - REFRESH_LIFETIME_S * 1000,
    ),
    token,
  ];
  return token;
}

/** Swaps a refresh token for a new pair, once. Null when it is unknown, used or too old. */
export function refreshAccessToken(shop: Shop, refreshToken: string): AccessToken | null {
  const held = shop.tokens.find((token) => token.refreshToken === refreshToken);
  if (held === undefined || held.refreshUsed || (held.refreshExpiresAtMs ?? 0) < Date.now()) return null;
  held.refreshUsed = true;
  return issueAccessToken(shop, true);
}

export function findAccessToken(shop: Shop, accessToken: string): AccessToken | null {
  const held = shop.tokens.find((token) => token.accessToken === accessToken);
  if (held === undefined) return null;
  return held.expiresAtMs === null || held.expiresAtMs > Date.now() ? held : null;
}

/** Makes every token of a shop expire now, to play the hour that passes. */
export function expireAccessTokens(shop: Shop): void {
  shop.tokens = shop.tokens.map((token) =>
    token.expiresAtMs === null ? token : { ...token, expiresAtMs: Date.now() - 1000 },
  );
}
