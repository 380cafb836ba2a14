import type { Tx } from '~/platform/db/index.server';
import { readRedemption } from './redemption-row.server';
import type { Redemption } from './reward';

/** Store credit of which nobody knows whether it was paid, oldest first: the merchant looks in Shopify and says. */
export async function listUnknownPayments(
  tx: Tx,
  { shopId, limit = 20 }: { shopId: number; limit?: number },
): Promise<Redemption[]> {
  const rows = await tx.redemption.findMany({
    where: { shopId, state: 'unknown' },
    orderBy: { id: 'asc' },
    take: limit,
  });
  return rows.map(readRedemption);
}
