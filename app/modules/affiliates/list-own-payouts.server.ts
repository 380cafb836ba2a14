import type { Tx } from '~/platform/db/index.server';

export interface OwnPayout {
  amount: string;
  currency: string;
  reference: string | null;
  paidAt: Date;
}

/** What was paid to an affiliate, newest first. */
export async function listOwnPayouts(
  tx: Tx,
  { shopId, affiliateId }: { shopId: number; affiliateId: bigint },
): Promise<OwnPayout[]> {
  const rows = await tx.affiliatePayout.findMany({
    where: { shopId, affiliateId, batch: { is: { state: 'paid' } } },
    orderBy: { batchId: 'desc' },
    take: 100,
    include: { batch: true },
  });
  return rows.map(({ amount, batch }) => ({
    amount: amount.toString(),
    currency: batch.currency,
    reference: batch.reference,
    paidAt: batch.settledAt ?? batch.createdAt,
  }));
}
