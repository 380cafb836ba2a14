import { getShop } from '~/modules/shops/index.server';
import type { Tx } from '~/platform/db/index.server';
import { listAllowedKinds } from './needed-scope';

export interface AffordableReward {
  title: string;
  points: number;
}

/**
 * What these people's balances can buy right now, by person: rewards that are on and the shop has allowed, for their tier,
 * and that they have not had as often as they may, at most `limit` each, the dearest first. Whoever can buy nothing is not in it.
 */
export async function listAffordableRewards(
  tx: Tx,
  input: { shopId: number; profileIds: bigint[]; limit: number },
): Promise<Map<bigint, AffordableReward[]>> {
  const { shopId, profileIds, limit } = input;
  if (profileIds.length === 0) return new Map();
  const kinds = listAllowedKinds((await getShop(tx, { shopId })).scopes);
  const rows = await tx.$queryRaw<{ profile_id: bigint; title: string; points: number }[]>`
    SELECT a.profile_id, r.title, r.points
    FROM ledger_accounts a
    CROSS JOIN LATERAL (
      SELECT w.id, w.title, w.points FROM rewards w
      WHERE w.shop_id = a.shop_id AND w.enabled AND w.kind = ANY (${kinds}::text[]) AND w.points <= a.balance
        AND (w.tier_ids = '{}' OR EXISTS (
          SELECT 1 FROM profile_tiers p
          WHERE p.shop_id = a.shop_id AND p.profile_id = a.profile_id AND p.tier_id = ANY (w.tier_ids)))
        AND (w.per_customer_limit IS NULL OR w.per_customer_limit > (
          SELECT count(*) FROM redemptions d
          WHERE d.shop_id = a.shop_id AND d.profile_id = a.profile_id AND d.reward_id = w.id
            AND d.points > 0 AND d.state IN ('reserved', 'confirmed', 'used', 'unknown')))
      ORDER BY w.points DESC, w.id LIMIT ${limit}
    ) r
    WHERE a.shop_id = ${shopId} AND a.profile_id = ANY(${profileIds}::bigint[]) AND a.kind = 'points'
    ORDER BY a.profile_id, r.points DESC, r.id`;
  const byPerson = new Map<bigint, AffordableReward[]>();
  for (const { profile_id: profileId, ...reward } of rows) {
    byPerson.set(profileId, [...(byPerson.get(profileId) ?? []), reward]);
  }
  return byPerson;
}
