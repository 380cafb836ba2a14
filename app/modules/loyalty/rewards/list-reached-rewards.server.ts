import { getShop } from '~/modules/shops/index.server';
import type { Tx } from '~/platform/db/index.server';
import { listAllowedKinds } from './needed-scope';

export interface ReachedReward {
  profileId: bigint;
  rewardId: bigint; // the cheapest the shop can give everybody
  transactionId: bigint; // the last entry of the account: what brought them there
}

/**
 * Who of these people can pay the cheapest reward now and could not by the balance their traits still hold. Ask after
 * posting and before `recomputeTraits`, in one transaction: whoever posts holds the lock of the account, so a climb is
 * seen once. Two queries, small ones where there are no rewards.
 */
export async function listReachedRewards(
  tx: Tx,
  input: { shopId: number; profileIds: bigint[] },
): Promise<ReachedReward[]> {
  const { shopId, profileIds } = input;
  if (profileIds.length === 0) return [];
  const kinds = listAllowedKinds((await getShop(tx, { shopId })).scopes);
  return tx.$queryRaw<ReachedReward[]>`
    WITH cheapest AS MATERIALIZED (
      SELECT id, points FROM rewards WHERE shop_id = ${shopId} AND enabled AND kind = ANY (${kinds}::text[]) AND tier_ids = '{}' ORDER BY points, id LIMIT 1)
    SELECT a.profile_id AS "profileId", c.id AS "rewardId", l.transaction_id AS "transactionId"
    FROM cheapest c
    JOIN ledger_accounts a ON a.shop_id = ${shopId} AND a.profile_id = ANY(${profileIds}::bigint[])
      AND a.kind = 'points' AND a.balance >= c.points
    CROSS JOIN LATERAL (
      SELECT p.transaction_id FROM ledger_postings p
      WHERE p.shop_id = a.shop_id AND p.account_id = a.id ORDER BY p.transaction_id DESC LIMIT 1) l
    LEFT JOIN profile_traits t ON t.shop_id = a.shop_id AND t.profile_id = a.profile_id
    WHERE coalesce(t.points_balance, 0) < c.points
    ORDER BY a.profile_id`;
}
