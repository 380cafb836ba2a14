import type { Tx } from '~/platform/db/index.server';
import { getProblems } from './get-problems.server';
import { getSetupGuide } from './get-setup-guide.server';
import { getShopView } from './get-shop-view.server';
import { listImportRuns } from './list-import-runs.server';
import { listRecentActivity } from './list-recent-activity.server';
import type { HomePage } from './types';

/** Home without its figures, which `getHomeFigures` adds up and the page may wait for. */
export async function getHomePage(tx: Tx, input: { shopId: number; now: Date }): Promise<HomePage> {
  const { shopId, now } = input;
  const shop = await getShopView(tx, { shopId });
  return {
    shop,
    setup: await getSetupGuide(tx, { shopId }),
    imports: await listImportRuns(tx, { shopId, runningOnly: true, limit: 5 }),
    problems: await getProblems(tx, { shopId, shopDomain: shop.domain, now }),
    activity: await listRecentActivity(tx, { shopId, limit: 10 }),
  };
}
