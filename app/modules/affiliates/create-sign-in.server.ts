import { keyedHash, randomToken } from '~/platform/crypto.server';
import type { Tx } from '~/platform/db/index.server';

const lifeMs = 30 * 60_000;
const windowMs = 15 * 60_000;
const perWindow = 3;

/**
 * A link into the portal for the affiliate with this address; null when there is none, or when they had three within a quarter
 * of an hour. Only a hash of what it returns is kept.
 */
export async function createSignIn(
  tx: Tx,
  { shopId, email, now }: { shopId: number; email: string; now: Date },
): Promise<{ token: string; email: string } | null> {
  const affiliate = await tx.affiliate.findFirst({
    where: { shopId, email: email.trim().toLowerCase() },
    select: { id: true, email: true },
  });
  if (affiliate?.email == null) return null;
  const affiliateId = affiliate.id;
  // The lock comes before the question, or many requests at once could each be the third.
  await tx.$queryRaw`SELECT 1 FROM affiliates WHERE shop_id = ${shopId} AND id = ${affiliateId} FOR UPDATE`;
  const since = new Date(now.getTime() - windowMs);
  const asked = await tx.affiliateSignIn.count({ where: { shopId, affiliateId, createdAt: { gt: since } } });
  if (asked >= perWindow) return null;
  const token = randomToken();
  const expiresAt = new Date(now.getTime() + lifeMs);
  await tx.affiliateSignIn.create({
    data: { shopId, affiliateId, tokenHash: keyedHash(token), createdAt: now, expiresAt },
  });
  return { token, email: affiliate.email };
}
