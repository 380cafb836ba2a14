import { z } from 'zod';
import type { Tx } from '~/platform/db/index.server';
import { batchStates, type PayoutBatch } from './types';

const stateSchema = z.enum(batchStates);

/** The latest batches of a shop with who gets what, newest first; or one of them. */
export async function listPayouts(
  tx: Tx,
  { shopId, batchId, limit = 50 }: { shopId: number; batchId?: bigint; limit?: number },
): Promise<PayoutBatch[]> {
  const rows = await tx.affiliatePayoutBatch.findMany({
    where: { shopId, ...(batchId !== undefined && { id: batchId }) },
    orderBy: { id: 'desc' },
    take: limit,
    include: {
      payouts: {
        orderBy: { affiliateId: 'asc' },
        include: { affiliate: { select: { name: true, email: true, payoutTo: true } } },
      },
    },
  });
  return rows.map(({ id, currency, total, state, reference, createdAt, settledAt, payouts }) => ({
    id,
    currency,
    total: total.toString(),
    state: stateSchema.parse(state),
    reference,
    createdAt,
    settledAt,
    payouts: payouts.map(({ affiliateId, amount, affiliate }) => ({
      affiliateId,
      amount: amount.toString(),
      ...affiliate,
    })),
  }));
}
