import type { Tx } from '~/platform/db/index.server';

/** Notes that somebody opened a link of this mail. The first time counts; `first` says whether this was it. */
export async function recordClick(
  tx: Tx,
  input: { shopId: number; messageId: bigint; now: Date },
): Promise<{ first: boolean }> {
  const changed = await tx.message.updateMany({
    where: { shopId: input.shopId, id: input.messageId, clickedAt: null },
    data: { clickedAt: input.now },
  });
  return { first: changed.count === 1 };
}
