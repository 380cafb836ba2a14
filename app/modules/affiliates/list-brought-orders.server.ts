import { z } from 'zod';
import type { Tx } from '~/platform/db/index.server';
import { outcomes, vias, type BroughtOrder } from './types';

const viaSchema = z.enum(vias);
const outcomeSchema = z.enum(outcomes);

/** The latest orders an affiliate brought, newest first. It tells nothing about who bought. */
export async function listBroughtOrders(
  tx: Tx,
  { shopId, affiliateId, limit }: { shopId: number; affiliateId: bigint; limit: number },
): Promise<BroughtOrder[]> {
  const rows = await tx.affiliateOrder.findMany({
    where: { shopId, affiliateId },
    orderBy: [{ placedAt: 'desc' }, { orderId: 'desc' }],
    take: limit,
  });
  return rows.map(({ orderId, via, code, outcome, net, commission, currency, placedAt, dueAt }) => ({
    orderId,
    via: viaSchema.parse(via),
    code,
    outcome: outcomeSchema.parse(outcome),
    net: net.toString(),
    commission: commission.toString(),
    currency,
    placedAt,
    dueAt,
  }));
}
