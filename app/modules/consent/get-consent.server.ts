import type { Tx } from '~/platform/db/index.server';
import type { ConsentNow } from './types';

/** The e-mail consent of a profile now. */
export async function getConsent(
  _tx: Tx,
  _input: { shopId: number; profileId: bigint },
): Promise<ConsentNow> {
  throw new Error('not written yet');
}
