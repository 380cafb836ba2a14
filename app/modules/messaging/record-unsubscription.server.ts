import type { Tx } from '~/platform/db/index.server';

/** Notes that this mail is where its recipient left. The first time stays. */
export async function recordUnsubscription(
  tx: Tx,
  input: { shopId: number; messageId: bigint; now: Date },
): Promise<void> {
  await tx.message.updateMany({
    where: { shopId: input.shopId, id: input.messageId, unsubscribedAt: null },
    data: { unsubscribedAt: input.now },
  });
}
