import type { Tx } from '~/platform/db/index.server';
import { forgetShop } from './find-shop-by-domain.server';
import { getShop } from './get-shop.server';

/**
 * The merchant removed the app at `occurredAt`. Ignored when the shop was installed again after that: the message of the
 * old uninstall may come late. Idempotent. Tells whether the shop is uninstalled because of this.
 */
export async function markUninstalled(
  tx: Tx,
  input: { shopId: number; occurredAt: Date; now: Date },
): Promise<{ uninstalled: boolean }> {
  const { count } = await tx.shop.updateMany({
    where: { id: input.shopId, status: { not: 'uninstalled' }, installedAt: { lte: input.occurredAt } },
    data: { status: 'uninstalled', uninstalledAt: input.occurredAt, updatedAt: input.now },
  });
  const { domain } = await getShop(tx, input);
  forgetShop(domain);
  return { uninstalled: count > 0 };
}
