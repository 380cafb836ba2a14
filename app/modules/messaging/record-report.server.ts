import type { Tx } from '~/platform/db/index.server';

/**
 * Notes what came back about a mail. The first report of its kind counts; `first` says whether this was it, `toAddress` where
 * the mail went (null when the person was erased since).
 */
export async function recordReport(
  tx: Tx,
  input: { shopId: number; messageId: bigint; kind: 'complaint' | 'bounce'; now: Date },
): Promise<{ first: boolean; toAddress: string | null }> {
  const { shopId, messageId, now } = input;
  const column = input.kind === 'complaint' ? 'complainedAt' : 'bouncedAt';
  const changed = await tx.message.updateMany({
    where: { shopId, id: messageId, [column]: null },
    data: { [column]: now },
  });
  const { toAddress } = await tx.message.findUniqueOrThrow({
    where: { shopId_id: { shopId, id: messageId } },
    select: { toAddress: true },
  });
  return { first: changed.count === 1, toAddress };
}
