import { randomToken } from '~/platform/crypto.server';
import type { Tx } from '~/platform/db/index.server';

/**
 * Somebody followed the link of an affiliate: counts it and returns the token that has to travel with the visit; null when the
 * link earns nothing now. Each call is a click of its own. Nothing about the visitor is asked or kept.
 */
export async function recordLinkClick(
  tx: Tx,
  { shopId, linkCode, now }: { shopId: number; linkCode: string; now: Date },
): Promise<string | null> {
  const affiliate = await tx.affiliate.findFirst({
    where: { shopId, linkCode, state: 'approved' },
    select: { id: true },
  });
  if (!affiliate) return null;
  const token = randomToken();
  await tx.affiliateClick.create({ data: { shopId, token, affiliateId: affiliate.id, clickedAt: now } });
  return token;
}
