import type { Tx } from '~/platform/db/index.server';
import type { TransactionInput } from './ledger-input';
import { postTransactions } from './post-transactions.server';
import { tierRewards } from './qualifying-history';
import type { TierPeople } from './read-tier-people.server';
import { restoreExpired } from './restore-expired.server';
import type { TierProgramme } from './types';

export interface TierRewardsInput {
  shopId: number;
  profileIds: bigint[];
  programmes: TierProgramme[];
  people: TierPeople;
  now: Date;
}

interface Posted {
  points: number;
  transactions: number;
}

/**
 * Posts what reaching tiers should have earned these people minus what was posted before: given once, and taken back when a
 * refund shows that the tier was not reached. Entries of a person and tier are numbered, and the number is in their key.
 */
export async function applyTierRewards(tx: Tx, input: TierRewardsInput): Promise<{ profileIds: bigint[] }> {
  const { shopId, programmes, now } = input;
  if (!programmes.some(({ tiers }) => tiers.some(({ entryPoints }) => entryPoints > 0)))
    return { profileIds: [] };
  const posted = await readPosted(tx, input);
  const transactions = input.profileIds.flatMap((profileId) => plan(profileId, input, posted));
  const { posted: fresh } = await postTransactions(tx, { shopId, transactions, now });
  const taken = transactions.filter(({ key, kind }) => kind === 'reverse' && fresh.has(key));
  await restoreExpired(tx, { shopId, taken, now });
  return { profileIds: transactions.flatMap(({ postings }) => postings.map((posting) => posting.profileId)) };
}

function plan(
  profileId: bigint,
  { programmes, people, now }: TierRewardsInput,
  posted: Map<string, Posted>,
): TransactionInput[] {
  const orders = people.orders.get(profileId) ?? [];
  const wanted = tierRewards(orders, programmes, { now, timeZone: people.timeZone });
  const names = new Map(programmes.flatMap(({ tiers }) => tiers.map(({ id, name }) => [id, name])));
  return [...names.keys()].flatMap((tierId) => {
    const before = posted.get(`${profileId}:${tierId}`) ?? { points: 0, transactions: 0 };
    const reward = wanted.get(tierId);
    const points = (reward?.points ?? 0) - before.points;
    if (points === 0) return [];
    const name = reward?.name ?? names.get(tierId);
    return [
      {
        kind: points > 0 ? ('earn' as const) : ('reverse' as const),
        key: `tier:${tierId}:${profileId}:${before.transactions}`,
        tierId,
        occurredAt: points > 0 && reward ? reward.lastAt : now,
        postings: [{ profileId, account: 'points' as const, points }],
        ...(name !== undefined && { reason: name }),
      },
    ];
  });
}

/** What was posted for reaching tiers, also what came with a merge, by person and tier. */
async function readPosted(tx: Tx, { shopId, profileIds }: TierRewardsInput): Promise<Map<string, Posted>> {
  const rows = await tx.$queryRaw<
    { profile_id: bigint; tier_id: number; points: bigint; transactions: bigint }[]
  >`
    SELECT a.profile_id, t.tier_id, sum(p.points)::bigint AS points, count(DISTINCT t.id) AS transactions
    FROM ledger_accounts a
    JOIN ledger_postings p ON p.shop_id = a.shop_id AND p.account_id = a.id
    JOIN ledger_transactions t ON t.shop_id = p.shop_id AND t.id = p.transaction_id
    WHERE a.shop_id = ${shopId} AND a.profile_id = ANY (${profileIds}::bigint[]) AND t.tier_id IS NOT NULL
    GROUP BY a.profile_id, t.tier_id`;
  return new Map(
    rows.map((row) => [
      `${row.profile_id}:${row.tier_id}`,
      { points: Number(row.points), transactions: Number(row.transactions) },
    ]),
  );
}
