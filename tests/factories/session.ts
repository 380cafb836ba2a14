import { Session } from '@shopify/shopify-api';

/** The stored session of a shop that installed the app. */
export function offlineSession(shop: string): Session {
  return new Session({
    id: `offline_${shop}`,
    shop,
    state: '',
    isOnline: false,
    accessToken: 'token',
    expires: new Date(Date.now() + 3_600_000),
    refreshToken: 'refresh',
    refreshTokenExpires: new Date(Date.now() + 3_600_000),
  });
}
