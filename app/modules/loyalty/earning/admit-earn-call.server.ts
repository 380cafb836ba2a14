import { contentHash, safeEqual } from '~/platform/crypto.server';
import { withShop } from '~/platform/db/index.server';

const callsPerMinute = 600;

export type Admission = { shopId: number } | { refused: 'unknown_key' | 'too_many' };

/**
 * Whose key this is, and whether the shop may call again this minute. Counted in the database, so that it holds for all
 * servers together; in a transaction of its own, so that calls don't wait for each other's work.
 */
export async function admitEarnCall({ key, now }: { key: string; now: Date }): Promise<Admission> {
  const shopId = Number(/^pek_(\d{1,9})_[\w-]{48}$/.exec(key)?.[1] ?? 0);
  if (shopId === 0) return { refused: 'unknown_key' };
  return withShop(shopId, async (tx) => {
    const row = await tx.earnSettings.findUnique({ where: { shopId }, select: { keyHash: true } });
    if (!row?.keyHash || !safeEqual(row.keyHash, contentHash(key)))
      return { refused: 'unknown_key' as const };
    const shop = await tx.shop.findUnique({ where: { id: shopId }, select: { status: true } });
    if (shop?.status !== 'active') return { refused: 'unknown_key' as const };
    const minute = new Date(Math.floor(now.getTime() / 60_000) * 60_000);
    const [counted] = await tx.$queryRaw<{ calls: number }[]>`
      UPDATE earn_settings SET calls = CASE WHEN calls_since = ${minute} THEN calls + 1 ELSE 1 END, calls_since = ${minute}
      WHERE shop_id = ${shopId} RETURNING calls`;
    return counted && counted.calls <= callsPerMinute ? { shopId } : { refused: 'too_many' as const };
  });
}
