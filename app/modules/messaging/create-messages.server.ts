import type { Tx } from '~/platform/db/index.server';
import type { NewMessage } from './types';

/** Writes mails to be delivered. Idempotent by `dedupeKey`. Returns the ids in the order of the input, old and new alike. */
export async function createMessages(
  _tx: Tx,
  _input: { shopId: number; messages: NewMessage[]; now: Date },
): Promise<{ ids: bigint[] }> {
  throw new Error('not written yet');
}
