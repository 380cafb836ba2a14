import type { Tx } from '~/platform/db/index.server';
import type { StoredMail } from './types';

/**
 * The mail exactly as it was sent, made again from its immutable template and the values kept with it; null when it was
 * never rendered or its values were erased. Throws not_found for a message of another shop.
 */
export async function renderStoredMessage(
  _tx: Tx,
  _input: { shopId: number; messageId: bigint },
): Promise<StoredMail | null> {
  throw new Error('not written yet');
}
