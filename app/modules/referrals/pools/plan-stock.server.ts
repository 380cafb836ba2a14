import type { Tx } from '~/platform/db/index.server';
import { newOfferCode } from '../new-code.server';
import { stock } from './pool-terms';

/**
 * The codes that are to be added to a pool in Shopify, written down before they are asked for: who dies in between leaves
 * them to be asked for again. None while there are enough. Idempotent.
 */
export async function planStock(
  tx: Tx,
  { shopId, poolId }: { shopId: number; poolId: bigint },
): Promise<string[]> {
  // Two that plan at once would plan twice as many.
  await tx.$queryRaw`SELECT id FROM referral_pools WHERE shop_id = ${shopId} AND id = ${poolId} FOR NO KEY UPDATE`;
  const waiting = await tx.referralPoolCode.findMany({ where: { shopId, poolId, redeemId: null } });
  if (waiting.length > 0) return waiting.map(({ code }) => code);
  const free = await tx.referralPoolCode.count({ where: { shopId, poolId } });
  if (free >= stock.low) return [];
  const data = Array.from({ length: stock.full - free }, () => ({ shopId, poolId, code: newOfferCode() }));
  await tx.referralPoolCode.createMany({ data });
  return data.map(({ code }) => code);
}
