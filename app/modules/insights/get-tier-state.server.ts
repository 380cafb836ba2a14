import type { Tx } from '~/platform/db/index.server';
import type { TierState } from './types';

/** How many people are in each tier, and how far everybody was computed anew after the last change. Two queries. */
export async function getTierState(tx: Tx, input: { shopId: number }): Promise<TierState> {
  const members = await tx.$queryRaw<{ tier_id: number; people: number }[]>`
    SELECT tier_id, count(*)::int AS people FROM profile_tiers
    WHERE shop_id = ${input.shopId} AND tier_id IS NOT NULL GROUP BY tier_id ORDER BY tier_id`;
  const [run] = await tx.$queryRaw<{ done: number; total: number }[]>`
    SELECT least(done, total) AS done, total FROM tier_recomputes WHERE shop_id = ${input.shopId} AND finished_at IS NULL`;
  return {
    members: members.map((row) => ({ tierId: row.tier_id, people: row.people })),
    recompute: run ?? null,
  };
}
