import type { Tx } from '~/platform/db/index.server';
import { decide } from './decide.server';
import type { ConsentDecision } from './types';

/**
 * Ends a subscription, keeps the evidence and owes Shopify the news, all in the caller's transaction. Repeating it changes
 * nothing. Wins over anything known so far: a person deciding now is never out of date.
 */
export async function unsubscribe(tx: Tx, input: ConsentDecision): Promise<{ changed: boolean }> {
  return decide(tx, { ...input, wanted: 'unsubscribed', level: null });
}
