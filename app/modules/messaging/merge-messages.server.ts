import type { Tx } from '~/platform/db/index.server';

/** Moves the mails of merged profiles to the survivor, so that their links act on the person there is. Idempotent. */
export async function mergeMessages(
  _tx: Tx,
  _input: { shopId: number; merges: { fromProfileId: bigint; intoProfileId: bigint }[] },
): Promise<void> {
  throw new Error('not written yet');
}
