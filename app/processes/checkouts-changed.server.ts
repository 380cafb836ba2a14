import { applyCheckoutFacts, listAgreements, type Agreement } from '~/modules/carts/index.server';
import type { CheckoutFact } from '~/modules/carts/types';
import type { CheckoutTick, ConsentFact } from '~/modules/consent/types';
import { recomputeTraits } from '~/modules/customers/index.server';
import { exitRuns } from '~/modules/flows/index.server';
import { keyedHash } from '~/platform/crypto.server';
import type { Tx } from '~/platform/db/index.server';
import { consentChanged } from './consent-changed.server';
import { settlePeople } from './settle-people.server';

/** Shoppers are at the checkout, or left it. Whether they left for good, carts-abandoned finds out when time passes. */
export async function checkoutsChanged(
  tx: Tx,
  input: { shopId: number; facts: CheckoutFact[]; now: Date; historic: boolean },
): Promise<void> {
  const { shopId, facts, now } = input;
  const { profileIds } = await applyCheckoutFacts(tx, { shopId, facts, now });
  const settled = await settlePeople(tx, { shopId, now });
  const tokens = [...new Set(facts.filter(({ kind }) => kind === 'checkout').map(({ token }) => token))];
  const checkouts = (await listAgreements(tx, { shopId, tokens })).map(tickOf);
  await consentChanged(tx, { ...input, facts: facts.flatMap(consentOf), checkouts });
  await exitRuns(tx, { shopId, profileIds, event: 'cart_closed', now });
  await recomputeTraits(tx, { shopId, profileIds: [...profileIds, ...settled.profileIds], now });
}

/**
 * A guest who ticked the box has agreed, with this checkout: not later, so that who unsubscribes since stays unsubscribed.
 * Until they untick it, or tick it for another address: each is evidence of its own, and what the checkout says now counts.
 * For Shopify's customers Shopify tells consent itself.
 */
function consentOf(fact: CheckoutFact): ConsentFact[] {
  const email = fact.person?.email ?? null;
  if (!fact.acceptsMarketing || email === null || fact.person?.shopifyCustomerId !== null) return [];
  return [
    {
      shopifyCustomerId: null,
      email,
      state: 'subscribed',
      level: 'single_opt_in',
      source: 'checkout',
      occurredAt: fact.createdAt,
      key: tickKey(fact.token, email),
      checkoutToken: fact.token,
    },
  ];
}

function tickOf({ token, agrees, email, saidAt }: Agreement): CheckoutTick {
  return { token, key: agrees && email !== null ? tickKey(token, email) : null, saidAt };
}

function tickKey(token: string, email: string): string {
  return `checkout:${token}:${keyedHash(email)}`;
}
