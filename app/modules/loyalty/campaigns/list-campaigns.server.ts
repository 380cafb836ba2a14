import type { Tx } from '~/platform/db/index.server';
import type { Campaign } from './campaign';
import { readCampaigns } from './read-campaigns.server';

/** The campaigns as they are now (the newest version of each), newest first. */
export async function listCampaigns(tx: Tx, { shopId }: { shopId: number }): Promise<Campaign[]> {
  const newest = new Map((await readCampaigns(tx, { shopId })).map((campaign) => [campaign.id, campaign]));
  return [...newest.values()].sort((a, b) => b.id - a.id);
}
