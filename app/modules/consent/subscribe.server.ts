import type { Tx } from '~/platform/db/index.server';
import { decide } from './decide.server';
import type { ConsentDecision, ConsentLevel } from './types';

/**
 * Starts a subscription: by the person (taking back an unsubscription) or by the merchant, who must hold the consent the
 * evidence names. Owes Shopify the news. Repeating it changes nothing.
 */
export async function subscribe(
  tx: Tx,
  input: ConsentDecision & { level?: ConsentLevel },
): Promise<{ changed: boolean }> {
  return decide(tx, { ...input, wanted: 'subscribed', level: input.level ?? 'single_opt_in' });
}
