import type { Tx } from '~/platform/db/index.server';

export async function creditRecoveries(
  _tx: Tx,
  _input: { shopId: number; credits: { token: string; messageId: bigint }[]; now: Date },
): Promise<void> {
  throw new Error('creditRecoveries is being built');
}
