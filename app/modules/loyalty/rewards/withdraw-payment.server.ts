import type { Tx } from '~/platform/db/index.server';

/** Surely nothing was paid: it may be asked for again. Only who has claimed the payment may say so. Idempotent. */
export async function withdrawPayment(
  tx: Tx,
  { shopId, redemptionId }: { shopId: number; redemptionId: bigint },
): Promise<void> {
  await tx.redemption.updateMany({
    where: { shopId, id: redemptionId, state: 'reserved' },
    data: { sentAt: null },
  });
}
