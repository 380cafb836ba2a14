import { recomputeTraits, recordTimeline } from '~/modules/customers/index.server';
import {
  cancelRedemption,
  confirmRedemption,
  getRedemption,
  holdGift,
  releaseRedemption,
} from '~/modules/loyalty/index.server';
import type { Redemption, RewardCodes } from '~/modules/loyalty/types';
import { withShop, type Tx } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { payStoreCredit } from './pay-store-credit.server';
import { createCode, disableCode, findCode } from './reward-places.server';

interface Work {
  shopId: number;
  redemptionId: bigint;
  codes: RewardCodes;
  now: Date;
}

/** Nobody waits for a code longer than this: then the points are given back. */
const patienceMs = 24 * 60 * 60 * 1_000;

/**
 * Does what is left to do for a redemption in Shopify, whoever left it: makes the code (gift card, store credit) of a reserved one, disables that of
 * one to be cancelled. Safe to repeat and to run at once. Throws `unavailable` when Shopify doesn't answer.
 */
export async function finishRedemption(work: Work): Promise<Redemption> {
  const { shopId, redemptionId } = work;
  const { redemption, shopifyCustomerId } = await withShop(shopId, (tx) =>
    getRedemption(tx, { shopId, redemptionId }),
  );
  if (redemption.state === 'reserved') return makeCode(work, redemption, shopifyCustomerId);
  if (redemption.state === 'confirmed' && redemption.cancelRequestedAt !== null)
    return takeBack(work, redemption);
  return redemption;
}

async function makeCode(
  work: Work,
  redemption: Redemption,
  shopifyCustomerId: bigint | null,
): Promise<Redemption> {
  const { shopId, codes, now } = work;
  const held = redemption.points === 0 ? await hold(work) : null;
  if (held === 'waits') return redemption;
  if (held === 'lapsed') return release(work, 'It was not allowed within 30 days.');
  const isCredit = redemption.terms.kind === 'store_credit';
  const isLate = now.getTime() - redemption.reservedAt.getTime() > patienceMs;
  if (isLate && redemption.sentAt === null) return giveUp(work, redemption);
  // Somebody may have made it and died before writing that down.
  const made = redemption.attempts > 0 && !isCredit ? await findCode(codes, redemption) : null;
  if (made !== null) return confirm(work, redemption, made);
  if (shopifyCustomerId === null) return release(work, 'This customer does not exist in Shopify any more.');
  const wanted = { shopId, redemption, shopifyCustomerId, codes, now };
  const answer = isCredit ? await payStoreCredit(wanted) : await createCode(wanted);
  if ('waits' in answer) return answer.waits;
  return 'refused' in answer ? release(work, answer.refused) : confirm(work, redemption, answer.discountId);
}

function hold({ shopId, redemptionId, now }: Work): ReturnType<typeof holdGift> {
  return withShop(shopId, (tx) => holdGift(tx, { shopId, redemptionId, now }));
}

/** What Shopify has by now counts; when it still doesn't answer, the code was shown to nobody. */
async function giveUp(work: Work, redemption: Redemption): Promise<Redemption> {
  const made = await findCode(work.codes, redemption).catch(ignoreSilence);
  if (made !== null) return confirm(work, redemption, made);
  return release(work, 'Shopify did not make it within a day.');
}

function ignoreSilence(error: unknown): null {
  if (error instanceof AppError && error.code === 'unavailable') return null;
  throw error;
}

async function confirm(work: Work, { id, code }: Redemption, discountId: bigint): Promise<Redemption> {
  const { shopId, now, codes } = work;
  const confirmed = await withShop(shopId, async (tx) => {
    const after = await confirmRedemption(tx, { shopId, redemptionId: id, discountId, now });
    if (after.state !== 'confirmed') return after;
    await recordTimeline(tx, { shopId, events: [happening(after, 'reward_redeemed', code)] });
    await follow(tx, work, after);
    return after;
  });
  // Two worked on it, and the other one gave up: a code whose points were given back must not work.
  if (confirmed.state === 'released') await disableCode(codes, { ...confirmed, discountId });
  return confirmed;
}

async function release(work: Work, error: string): Promise<Redemption> {
  const { shopId, redemptionId, now } = work;
  return withShop(shopId, async (tx) => {
    const released = await releaseRedemption(tx, { shopId, redemptionId, error, now });
    await follow(tx, work, released);
    return released;
  });
}

async function takeBack(work: Work, redemption: Redemption): Promise<Redemption> {
  const { shopId, redemptionId, now, codes } = work;
  const { used } = await disableCode(codes, redemption);
  return withShop(shopId, async (tx) => {
    const after = await cancelRedemption(tx, { shopId, redemptionId, used, now });
    if (after.state === 'cancelled')
      await recordTimeline(tx, {
        shopId,
        events: [{ ...happening(after, 'reward_cancelled', after.code), occurredAt: now }],
      });
    await follow(tx, work, after);
    return after;
  });
}

function happening(
  { profileId, reservedAt, points, terms }: Redemption,
  kind: 'reward_redeemed' | 'reward_cancelled',
  key: string,
) {
  return { profileId, kind, key, occurredAt: reservedAt, data: { title: terms.title, points } };
}

async function follow(tx: Tx, { shopId, now }: Work, { profileId }: Redemption): Promise<void> {
  await recomputeTraits(tx, { shopId, profileIds: [profileId], now });
}
