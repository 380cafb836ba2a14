import { z } from 'zod';
import { getProfile } from '~/modules/customers/index.server';
import { getShop } from '~/modules/shops/index.server';
import type { Tx } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { ensureAccounts } from '../ensure-accounts.server';
import { accountKey } from '../ledger-input';
import { getReward } from './get-reward.server';
import { moveRedemptions } from './move-redemptions.server';
import { readRedemption } from './redemption-row.server';
import { findMissingScope } from './needed-scope';
import { newCode } from './new-code.server';
import type { Redemption, Reward } from './reward';
import { endOf, settleTerms } from './settle-terms.server';

export interface ReservePointsInput {
  shopId: number;
  profileId: bigint;
  rewardId: bigint;
  points?: number; // chosen by the shopper, where a reward lets them; left out: the least
  key: string; // of the command: giving it again answers what it led to
  staff?: string; // who did it for the customer
  now: Date;
}

const keySchema = z.string().min(1).max(200);
/** How long whoever asked may take to make the code, before the sweep does it. */
const firstSweepMs = 60_000;

/**
 * Sets the points of a reward aside for the code that is made next, in this one short transaction. The account is locked
 * before the question, so that any number at once get exactly what the balance allows. Idempotent by `key`; the same key
 * for something else throws `conflict`. Throws `not_found`, and `invalid` with a sentence when the reward is off, the
 * customer has had it as often as they may, is in another tier, is none in Shopify, or has too few points, or when nobody can
 * choose that many, or the shop has not allowed what it needs; the error's `reason` says which.
 */
export async function reservePoints(tx: Tx, input: ReservePointsInput): Promise<Redemption> {
  const { shopId, profileId, rewardId, now } = input;
  const key = keySchema.parse(input.key);
  await getProfile(tx, input);
  const account = { profileId, account: 'points' } as const;
  const { accounts } = await ensureAccounts(tx, { shopId, wanted: [account] });
  const known = await tx.redemption.findUnique({ where: { shopId_key: { shopId, key } } });
  if (known) return repeated(readRedemption(known), input);
  const reward = await getReward(tx, { shopId, rewardId });
  await refuseWhenNotAllowed(tx, input, reward);
  const terms = await settleTerms(tx, { shopId, reward, points: input.points });
  const balance = Number(accounts.get(accountKey(account))?.balance ?? 0n);
  if (balance < terms.points) throw tooFew(balance, terms.points);
  const row = await tx.redemption.create({
    data: {
      shopId,
      key,
      profileId,
      rewardId,
      points: terms.points,
      terms,
      code: newCode(terms.kind),
      state: 'reserved',
      expiresAt: endOf(terms, now),
      reservedAt: now,
      nextAttemptAt: new Date(now.getTime() + firstSweepMs),
      staff: input.staff ?? null,
    },
  });
  const redemption = readRedemption(row);
  const held = redemption.points;
  // Nothing has moved yet: what moves now comes out of the spendable points.
  const before = { ...redemption, held: 0, spent: 0 };
  await moveRedemptions(tx, {
    shopId,
    now,
    moves: [{ redemption: before, kind: 'reserve', state: 'reserved', held, spent: 0 }],
  });
  return { ...redemption, held, moves: 1 };
}

function repeated(known: Redemption, { profileId, rewardId, points }: ReservePointsInput): Redemption {
  const same = points === undefined || points === known.points;
  if (same && known.profileId === profileId && known.rewardId === rewardId) return known;
  throw new AppError('conflict', {
    message: 'redemption: the key was used before for something else',
    reason: 'key_reused',
    userMessage: 'This form was already used. Reload the page and try again.',
  });
}

async function refuseWhenNotAllowed(
  tx: Tx,
  { shopId, profileId }: ReservePointsInput,
  reward: Reward,
): Promise<void> {
  if (!reward.enabled)
    throw invalid('the reward is off', 'not_offered', 'This reward is not offered any more.');
  const { scopes } = await getShop(tx, { shopId });
  if (findMissingScope(reward.kind, scopes) !== null)
    throw invalid(
      'the shop has not allowed it',
      'not_offered', // shoppers need not know why
      'The shop has not allowed Perennial to give this kind of reward. Open the reward under Loyalty > Rewards to allow it.',
    );
  const profile = await tx.profile.findUniqueOrThrow({ where: { shopId_id: { shopId, id: profileId } } });
  if (profile.shopifyCustomerId === null || profile.deletedAt !== null)
    throw invalid(
      'no customer in Shopify',
      'no_account',
      'Rewards need a customer account in Shopify, which this person does not have.',
    );
  if (reward.tierIds.length > 0) await refuseOtherTiers(tx, { shopId, profileId }, reward);
  if (reward.perCustomerLimit === null) return;
  const had = await tx.redemption.count({
    where: {
      shopId,
      profileId,
      rewardId: reward.id,
      state: { in: ['reserved', 'confirmed', 'used', 'unknown'] },
    },
  });
  if (had >= reward.perCustomerLimit)
    throw invalid(
      'the limit is reached',
      'limit_reached',
      `This reward can be had ${times(reward.perCustomerLimit)} only.`,
    );
}

async function refuseOtherTiers(
  tx: Tx,
  { shopId, profileId }: { shopId: number; profileId: bigint },
  { tierIds }: Reward,
): Promise<void> {
  const standing = await tx.profileTier.findUnique({ where: { shopId_profileId: { shopId, profileId } } });
  const tierId = standing?.tierId ?? null;
  if (tierId === null || !tierIds.includes(tierId))
    throw invalid('another tier', 'other_tier', 'This reward is for members of other tiers.');
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

const number = new Intl.NumberFormat('en');

function tooFew(balance: number, points: number): AppError {
  const has = balance > 0 ? `has ${number.format(balance)} points` : 'has no points to spend';
  return invalid(
    'too few points',
    'too_few_points',
    `This reward costs ${number.format(points)} points; the customer ${has}.`,
  );
}

function invalid(message: string, reason: string, userMessage: string): AppError {
  return new AppError('invalid', { message: `redeem: ${message}`, reason, userMessage });
}
