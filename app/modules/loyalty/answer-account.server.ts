import { withShop, type Tx } from '~/platform/db/index.server';
import type { AccountEntry } from './describe-entry';
import { findBirthdayOffer, type BirthdayOffer } from './earning/find-birthday-offer.server';
import { findNextExpiry } from './find-next-expiry.server';
import { findShopper, type Shopper } from './find-shopper.server';
import { isoDayIn } from './iso-day';
import { listAccountEntries } from './list-account-entries.server';
import { readOffers } from './offers.server';
import { readProgramme } from './programme.server';
import { describeOffers, type AccountReward, type ShopperCode, type ShopperTier } from './shopper-view';

export interface AnswerAccountInput {
  shopId: number;
  shopifyCustomerId: bigint;
  cursor: string | null; // of the page of history before
  now: Date;
}

/** What a customer sees in their account. */
export type AccountAnswer =
  | {
      status: 'member';
      balance: number;
      pending: number;
      pendingUntil: string | null; // ISO: when the next of them can be spent
      expiry: { points: number; lastDay: string } | null; // YYYY-MM-DD, of the shop's time zone
      currency: string; // of the amounts in tier and rewards
      tier: ShopperTier | null;
      rewards: AccountReward[]; // cheapest first
      codes: ShopperCode[]; // not used yet, newest first
      birthday: BirthdayOffer | null; // for telling it; null: it is known, or brings nothing
      history: AccountEntry[]; // newest first
      nextCursor: string | null;
    }
  | { status: 'off' };

const pageSize = 20;

/**
 * Everything a customer can know about their points. A customer the app has not heard of yet is a member with 0 points.
 * `off` while points are neither earned nor worth anything. Throws a zod error for a cursor that is none of ours.
 */
export async function answerAccount(input: AnswerAccountInput): Promise<AccountAnswer> {
  const { shopId, shopifyCustomerId, now } = input;
  const { rule, currency, timeZone } = await readProgramme(shopId, now);
  const offers = await readOffers(shopId, now);
  if (!rule.enabled && offers.rewards.length === 0) return { status: 'off' };
  return withShop(shopId, async (tx) => {
    const shopper = await findShopper(tx, { shopId, shopifyCustomerId, now });
    return {
      status: 'member',
      currency,
      ...describeOffers(offers, shopper),
      birthday:
        shopper &&
        (await findBirthdayOffer(tx, {
          shopId,
          profileId: shopper.profileId,
          tierId: shopper.standing.tierId,
          today: isoDayIn(timeZone, now),
        })),
      ...(shopper ? await readPast(tx, input, shopper) : nothing),
    };
  });
}

const nothing = { pendingUntil: null, expiry: null, history: [], nextCursor: null };

async function readPast(tx: Tx, { shopId, cursor, now }: AnswerAccountInput, shopper: Shopper) {
  const { profileId, pending } = shopper;
  const { entries, nextCursor } = await listAccountEntries(tx, {
    shopId,
    profileId,
    cursor,
    limit: pageSize,
  });
  return {
    pendingUntil: pending > 0 ? await findPendingUntil(tx, { shopId, profileId }) : null,
    expiry: await findNextExpiry(tx, { shopId, profileId, now }),
    history: entries,
    nextCursor,
  };
}

async function findPendingUntil(
  tx: Tx,
  { shopId, profileId }: { shopId: number; profileId: bigint },
): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ due: Date | null }[]>`
    SELECT min(h.due_at) AS due
    FROM orders o JOIN point_holds h ON h.shop_id = o.shop_id AND h.order_id = o.id
    WHERE o.shop_id = ${shopId} AND o.profile_id = ${profileId}`;
  return row?.due?.toISOString() ?? null;
}
