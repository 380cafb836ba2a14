import { z } from 'zod';
import { acrossShops } from '~/platform/db/index.server';

const tokenSchema = z.string().regex(/^[\w-]{16,64}$/);

/**
 * Which shop the mail with this token is from; null for a token that is none. The public links in mails carry nothing
 * else, so this is how they find their tenant: an id and no person.
 */
export async function findShopByMessageToken(token: string): Promise<number | null> {
  const parsed = tokenSchema.safeParse(token);
  if (!parsed.success) return null;
  const row = await acrossShops((db) =>
    db.message.findUnique({ where: { token: parsed.data }, select: { shopId: true } }),
  );
  return row?.shopId ?? null;
}
