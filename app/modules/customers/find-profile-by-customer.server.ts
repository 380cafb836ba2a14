import type { Tx } from '~/platform/db/index.server';

/** The person a Shopify customer is, also after a merge; null for somebody unknown. One indexed read. */
export async function findProfileByCustomer(
  tx: Tx,
  { shopId, shopifyCustomerId }: { shopId: number; shopifyCustomerId: bigint },
): Promise<bigint | null> {
  const value = String(shopifyCustomerId);
  const identity = await tx.profileIdentity.findFirst({
    where: { shopId, kind: 'shopify', value },
    select: { profileId: true },
  });
  return identity?.profileId ?? null;
}
