import type { Tx } from '~/platform/db/index.server';
import { readRedemption } from './redemption-row.server';
import type { Redemption } from './reward';

/** A person's redemptions, newest first. */
export async function listRedemptions(
  tx: Tx,
  { shopId, profileId, limit }: { shopId: number; profileId: bigint; limit: number },
): Promise<Redemption[]> {
  const rows = await tx.redemption.findMany({
    where: { shopId, profileId },
    orderBy: { id: 'desc' },
    take: limit,
  });
  return rows.map(readRedemption);
}
