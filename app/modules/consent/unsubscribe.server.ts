import type { Tx } from '~/platform/db/index.server';
import type { ConsentDecision } from './types';

/** Ends a subscription and owes Shopify the news. Repeating it changes nothing. */
export async function unsubscribe(_tx: Tx, _input: ConsentDecision): Promise<{ changed: boolean }> {
  throw new Error('not written yet');
}
