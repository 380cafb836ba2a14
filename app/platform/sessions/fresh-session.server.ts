import type { Session } from '@shopify/shopify-api';
import { AppError } from '../errors';
import { prisma } from '../db/prisma.server';
import { sessionStorage } from './session-storage.server';

const refreshBeforeMs = 5 * 60 * 1_000;

/** Exchanges a refresh token for a new session at Shopify. */
export type RefreshSession = (input: { shop: string; refreshToken: string }) => Promise<Session>;

/**
 * The shop's offline session with an access token good for at least five more minutes. Shopify replaces the refresh token
 * at each use, so two refreshes at once would lock the shop out: one per shop at a time, over all processes, by a database
 * lock; whoever waited finds the new token. Throws AppError 'unavailable' when the shop has no session (not installed).
 */
export async function getFreshSession(shop: string, refresh: RefreshSession): Promise<Session> {
  const session = await loadOffline(shop);
  if (!isExpiring(session)) return session;
  return prisma().$transaction(
    async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtext('shopify-token'), hashtext(${shop}))) AS locked`;
      const current = await loadOffline(shop);
      if (!isExpiring(current) || !current.refreshToken) return current;
      const renewed = await refresh({ shop, refreshToken: current.refreshToken });
      await sessionStorage.storeSession(renewed);
      return renewed;
    },
    { timeout: 20_000, maxWait: 20_000 },
  );
}

async function loadOffline(shop: string): Promise<Session> {
  const session = await sessionStorage.loadSession(`offline_${shop}`);
  if (session?.accessToken) return session;
  throw new AppError('unavailable', {
    message: `no offline session for ${shop}`,
    userMessage:
      'Perennial has no access to this shop right now. Open the app in the Shopify admin to connect it again.',
  });
}

// Real time, not the movable clock: it is Shopify's clock that lets the token expire.
function isExpiring(session: Session): boolean {
  return session.expires !== undefined && session.expires.getTime() - Date.now() < refreshBeforeMs;
}
