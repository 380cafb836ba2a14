import type { Tx } from '~/platform/db/index.server';

/** What affiliates may use to tell others, in the order it was added. */
export async function listAssets(
  tx: Tx,
  { shopId }: { shopId: number },
): Promise<{ id: number; title: string; url: string }[]> {
  return tx.affiliateAsset.findMany({
    where: { shopId },
    orderBy: { id: 'asc' },
    select: { id: true, title: true, url: true },
  });
}
