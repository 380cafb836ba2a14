import type { Tx } from '~/platform/db/index.server';
import { notFound } from '~/platform/errors';
import { readAffiliate } from './read-affiliate.server';
import type { Affiliate } from './types';

/** Throws `not_found`, also for one of another shop. */
export async function getAffiliate(
  tx: Tx,
  { shopId, affiliateId }: { shopId: number; affiliateId: bigint },
): Promise<Affiliate> {
  const row = await tx.affiliate.findUnique({ where: { shopId_id: { shopId, id: affiliateId } } });
  if (!row) throw notFound('affiliate');
  return readAffiliate(row);
}
