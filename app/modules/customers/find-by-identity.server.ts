import type { Tx } from '~/platform/db/index.server';

/** Whose customer number or (normalised) e-mail this is now; null for somebody unknown. One indexed read. */
export async function findByIdentity(
  tx: Tx,
  input: { shopId: number } & ({ shopifyCustomerId: bigint } | { email: string }),
): Promise<bigint | null> {
  const [kind, value] =
    'email' in input ? ['email', input.email] : ['shopify', input.shopifyCustomerId.toString()];
  const row = await tx.profileIdentity.findUnique({
    where: { shopId_kind_value: { shopId: input.shopId, kind, value } },
    select: { profileId: true },
  });
  return row?.profileId ?? null;
}
