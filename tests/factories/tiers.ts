import { updateTierProgramme } from '~/modules/loyalty/index.server';
import { withShop } from '~/platform/db/index.server';

/** One tier, from 50.00 spent, since the beginning of 2026. */
export async function aTier(shopId: number, name = 'Gold'): Promise<void> {
  await withShop(shopId, (tx) =>
    updateTierProgramme(tx, {
      shopId,
      draft: {
        enabled: true,
        basis: 'net_spend',
        span: 'lifetime',
        graceDays: 0,
        tiers: [{ id: null, name, threshold: '50', multiplier: '1', entryPoints: 0 }],
      },
      now: new Date('2026-01-01T00:00:00Z'),
    }),
  );
}
