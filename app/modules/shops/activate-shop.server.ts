import type { Tx } from '~/platform/db/index.server';
import { forgetShop } from './find-shop-by-domain.server';
import { getShop } from './get-shop.server';

/** The install is complete: from now on deliveries are processed. Idempotent; a shop that has uninstalled stays so. */
export async function activateShop(
  tx: Tx,
  input: { shopId: number; now: Date },
): Promise<{ activated: boolean }> {
  const { count } = await tx.shop.updateMany({
    where: { id: input.shopId, status: 'installing' },
    data: { status: 'active', updatedAt: input.now },
  });
  const { domain } = await getShop(tx, input);
  forgetShop(domain);
  return { activated: count > 0 };
}
