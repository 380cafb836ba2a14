import { ensureFlows, setFlowEnabled } from '~/modules/flows/index.server';
import { ensureEarnRule } from '~/modules/loyalty/index.server';
import { activateShop, ensureShop } from '~/modules/shops/index.server';
import { prisma, withShop } from '~/platform/db/index.server';

const flows = ['abandoned_checkout', 'first_order_thank_you', 'win_back'] as const;

/** A shop that installed the app at `now`, earns points and has every flow switched on. Returns its id. */
export async function installShop(domain: string, now: Date): Promise<number> {
  const { id: shopId } = await ensureShop(prisma(), { domain, now });
  await withShop(shopId, async (tx) => {
    await ensureEarnRule(tx, { shopId, now });
    await ensureFlows(tx, { shopId, now });
    for (const key of flows) await setFlowEnabled(tx, { shopId, key, enabled: true, now });
    await activateShop(tx, { shopId, now });
  });
  return shopId;
}
