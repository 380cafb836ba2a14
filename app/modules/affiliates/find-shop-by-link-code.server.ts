import { z } from 'zod';
import { acrossShops } from '~/platform/db/index.server';

const codeSchema = z.string().regex(/^[a-z0-9]{10}$/);

/** Which shop the public link with this code belongs to; null for a code that is none. The link carries nothing else. */
export async function findShopByLinkCode(code: string): Promise<number | null> {
  const parsed = codeSchema.safeParse(code);
  if (!parsed.success) return null;
  const row = await acrossShops((db) =>
    db.affiliate.findUnique({ where: { linkCode: parsed.data }, select: { shopId: true } }),
  );
  return row?.shopId ?? null;
}
