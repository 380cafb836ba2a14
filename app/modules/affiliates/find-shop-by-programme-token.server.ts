import { z } from 'zod';
import { acrossShops } from '~/platform/db/index.server';

const tokenSchema = z.string().regex(/^[\w-]{16,64}$/);

/** Which shop the public pages with this token belong to; null for a token that is none. */
export async function findShopByProgrammeToken(token: string): Promise<number | null> {
  const parsed = tokenSchema.safeParse(token);
  if (!parsed.success) return null;
  const row = await acrossShops((db) =>
    db.affiliateProgramme.findUnique({ where: { token: parsed.data }, select: { shopId: true } }),
  );
  return row?.shopId ?? null;
}
