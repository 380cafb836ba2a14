import { resolveProfiles } from '~/modules/customers/index.server';
import type { Tx } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { settlePeople } from './settle-people.server';

/** Who a customer of Shopify is here; a workflow may run before we have heard of them. Throws `not_found` for an erased one. */
export async function customerOfFlow(
  tx: Tx,
  { shopId, shopifyCustomerId, now }: { shopId: number; shopifyCustomerId: bigint; now: Date },
): Promise<bigint> {
  const person = { shopifyCustomerId, email: null, phone: null, seenAt: now };
  const [profileId] = await resolveProfiles(tx, { shopId, people: [person], now });
  await settlePeople(tx, { shopId, now });
  if (profileId == null)
    throw new AppError('not_found', {
      message: `flow: customer ${shopifyCustomerId} is not to be known`,
      userMessage: 'This customer was erased and can’t get points or a code.',
    });
  return profileId;
}
