import type { Tx } from '~/platform/db/index.server';

/** Moves consent and its evidence to the surviving profiles; the newest decision wins. Idempotent. */
export async function mergeConsents(
  _tx: Tx,
  _input: { shopId: number; merges: { fromProfileId: bigint; intoProfileId: bigint }[]; now: Date },
): Promise<void> {
  throw new Error('not written yet');
}
