import { Session } from '@shopify/shopify-api';
import { z } from 'zod';
import { clock } from '../clock.server';
import { decrypt, encrypt } from '../crypto.server';
import { prisma } from '../db/prisma.server';

/** The five methods the Shopify library asks for (its SessionStorage interface). Tokens are encrypted at rest. */
export const sessionStorage = {
  async storeSession(session: Session): Promise<boolean> {
    const row = {
      shopDomain: session.shop,
      isOnline: session.isOnline,
      state: session.state,
      scope: session.scope ?? null,
      accessToken: sealed(session.accessToken),
      expiresAt: session.expires ?? null,
      refreshToken: sealed(session.refreshToken),
      refreshTokenExpires: session.refreshTokenExpires ?? null,
      onlineAccessInfo: sealed(session.onlineAccessInfo && JSON.stringify(session.onlineAccessInfo)),
      updatedAt: clock.now(),
    };
    await prisma().session.upsert({
      where: { id: session.id },
      create: { id: session.id, ...row },
      update: row,
    });
    return true;
  },

  async loadSession(id: string): Promise<Session | undefined> {
    const row = await prisma().session.findUnique({ where: { id } });
    return row ? toSession(row) : undefined;
  },

  async deleteSession(id: string): Promise<boolean> {
    await prisma().session.deleteMany({ where: { id } });
    return true;
  },

  async deleteSessions(ids: string[]): Promise<boolean> {
    await prisma().session.deleteMany({ where: { id: { in: ids } } });
    return true;
  },

  async findSessionsByShop(shopDomain: string): Promise<Session[]> {
    const rows = await prisma().session.findMany({ where: { shopDomain }, take: 25 });
    return rows.map(toSession);
  },
};

type SessionRow = NonNullable<Awaited<ReturnType<ReturnType<typeof prisma>['session']['findUnique']>>>;

const onlineAccessInfoSchema = z.object({
  expires_in: z.number(),
  associated_user_scope: z.string(),
  associated_user: z.object({
    id: z.number(),
    first_name: z.string(),
    last_name: z.string(),
    email: z.string(),
    email_verified: z.boolean(),
    account_owner: z.boolean(),
    locale: z.string(),
    collaborator: z.boolean(),
  }),
});

function toSession(row: SessionRow): Session {
  return new Session({
    id: row.id,
    shop: row.shopDomain,
    state: row.state,
    isOnline: row.isOnline,
    scope: row.scope ?? undefined,
    accessToken: opened(row.accessToken),
    expires: row.expiresAt ?? undefined,
    refreshToken: opened(row.refreshToken),
    refreshTokenExpires: row.refreshTokenExpires ?? undefined,
    onlineAccessInfo: row.onlineAccessInfo
      ? onlineAccessInfoSchema.parse(JSON.parse(decrypt(row.onlineAccessInfo)))
      : undefined,
  });
}

function sealed(text: string | undefined): string | null {
  return text ? encrypt(text) : null;
}

function opened(text: string | null): string | undefined {
  return text ? decrypt(text) : undefined;
}
