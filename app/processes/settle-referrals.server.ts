import { recordTimeline } from '~/modules/customers/index.server';
import { enrol } from '~/modules/flows/index.server';
import { ensureAccounts, postTransactions } from '~/modules/loyalty/index.server';
import { applyReferrals, findReferrals, type Concerned } from '~/modules/referrals/index.server';
import type { ReferralReward } from '~/modules/referrals/types';
import type { Tx } from '~/platform/db/index.server';

/**
 * What became of referrals: their state, and the points their advocates get for it or give back, in one transaction. Accounts
 * are locked first and referrals after, by everybody. Idempotent. Returns whose balance or referrals changed.
 */
export async function settleReferrals(
  tx: Tx,
  input: Concerned & { now: Date },
): Promise<{ profileIds: bigint[] }> {
  const { shopId, now } = input;
  const concerned = await findReferrals(tx, input);
  if (concerned.length === 0) return { profileIds: [] };
  const advocates = [...new Set(concerned.map(({ advocateId }) => advocateId))];
  const wanted = advocates.map((profileId) => ({ profileId, account: 'points' as const }));
  await ensureAccounts(tx, { shopId, wanted });
  const referralIds = concerned.map(({ id }) => id);
  const { rewards, profileIds } = await applyReferrals(tx, { shopId, referralIds, now });
  await postTransactions(tx, {
    shopId,
    now,
    transactions: rewards.map((reward) => toTransaction(reward, now)),
  });
  await recordTimeline(tx, {
    shopId,
    events: rewards.map(({ referralId, advocateId, points, move }) => ({
      profileId: advocateId,
      kind: points > 0 ? ('referral_rewarded' as const) : ('referral_taken_back' as const),
      key: `${referralId}:${move}`,
      occurredAt: now,
      data: { points },
    })),
  });
  await enrol(tx, {
    shopId,
    trigger: 'referral_rewarded',
    entries: rewards.filter(({ points }) => points > 0).map(toEntry),
    now,
  });
  return { profileIds: [...new Set(profileIds)] };
}

/** A reward that is given again, after it was taken back, is news again. */
function toEntry({ referralId, advocateId, move }: ReferralReward) {
  return {
    profileId: advocateId,
    runKey: `${referralId}:${move}`,
    context: { referralId: String(referralId) },
  };
}

/** Earned and taken back like any points, so that every report counts them; the key says where they come from. */
function toTransaction({ referralId, advocateId, points, move }: ReferralReward, now: Date) {
  return {
    kind: points > 0 ? ('earn' as const) : ('reverse' as const),
    key: `referral:${referralId}:${move}`,
    occurredAt: now,
    postings: [{ profileId: advocateId, account: 'points' as const, points }],
  };
}
