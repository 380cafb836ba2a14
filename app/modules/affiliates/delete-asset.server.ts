import type { Tx } from '~/platform/db/index.server';
import { notFound } from '~/platform/errors';

/** Takes an asset away. Throws `not_found`. */
export async function deleteAsset(
  tx: Tx,
  { shopId, assetId }: { shopId: number; assetId: number },
): Promise<void> {
  const { count } = await tx.affiliateAsset.deleteMany({ where: { shopId, id: assetId } });
  if (count === 0) throw notFound('asset');
}
