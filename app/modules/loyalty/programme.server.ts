import { getShop } from '~/modules/shops/index.server';
import { withShop } from '~/platform/db/index.server';
import { remember } from '~/platform/remember.server';
import type { Campaign } from './campaigns/campaign';
import { listCampaigns } from './campaigns/list-campaigns.server';
import { getEarnRule } from './get-earn-rule.server';
import type { EarnRule } from './types';

export interface Programme {
  rule: EarnRule;
  currency: string; // of the shop
  timeZone: string;
  campaigns: Campaign[]; // those switched on, as they are now
}

declare global {
  interface PerennialSingletons {
    programmes: Map<number, { programme: Programme; readAt: number }>;
  }
}

const freshForMs = 30_000;
const maxKept = 10_000;
const kept = remember('programmes', () => new Map<number, { programme: Programme; readAt: number }>());

/** A shop's present rule, campaigns and currency, kept for up to 30 seconds: the checkout asks at every change of the total. */
export async function readProgramme(shopId: number, now: Date): Promise<Programme> {
  const known = kept.get(shopId);
  if (known && performance.now() - known.readAt < freshForMs) return known.programme;
  const programme = await withShop(shopId, async (tx) => {
    const { currency, timeZone } = await getShop(tx, { shopId });
    const campaigns = (await listCampaigns(tx, { shopId })).filter(({ enabled }) => enabled);
    return { rule: await getEarnRule(tx, { shopId, at: now }), currency, timeZone, campaigns };
  });
  if (kept.size >= maxKept) kept.clear();
  kept.set(shopId, { programme, readAt: performance.now() });
  return programme;
}

/** Called by what changes the rule or a campaign, so that this process sees it at once; others within 30 seconds. */
export function forgetProgramme(shopId: number): void {
  kept.delete(shopId);
}
