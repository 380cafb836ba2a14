import type { Tx } from '~/platform/db/index.server';
import type { ConsentDecision, ConsentLevel } from './types';

/** Starts a subscription and owes Shopify the news. Repeating it changes nothing. */
export async function subscribe(_tx: Tx, _input: ConsentDecision \& { level?: ConsentLevel }): Promise<{ changed: boolean }> {
  throw new Error('not written yet');
}
