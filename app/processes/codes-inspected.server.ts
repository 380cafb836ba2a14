import { applyToldCodes, listCodesToInspect, recordEndedAgain } from '~/modules/loyalty/index.server';
import type { Redemption, RewardCodes, ToldDiscount } from '~/modules/loyalty/types';
import { withShop } from '~/platform/db/index.server';
import { AppError, errorText } from '~/platform/errors';
import { log } from '~/platform/log.server';
import { rewardsGivenBack } from './rewards-given-back.server';

interface CodesInspected {
  shopId: number;
  redemptionIds: bigint[];
  codes: RewardCodes;
  now: Date;
}

const gone: ToldDiscount = { state: 'gone', used: false, startsAt: null, endsAt: null };
const unclear: ToldDiscount = { ...gone, state: 'unclear' };

/**
 * The validity of codes is over, or the merchant changed them in Shopify: Shopify is asked once for all of them. They end when it
 * says, and the points of those that ended unused go back; one that works although its points are back is ended again. Safe to
 * repeat and to run at once. Throws `unavailable` when Shopify doesn't answer. Returns which redemptions it was about.
 */
export async function codesInspected({
  shopId,
  redemptionIds,
  codes,
  now,
}: CodesInspected): Promise<{ redemptionIds: bigint[] }> {
  const wanted = await withShop(shopId, (tx) => listCodesToInspect(tx, { shopId, redemptionIds }));
  if (wanted.length === 0) return { redemptionIds: [] };
  const answer = await codes.inspect(wanted.flatMap(({ discountId }) => discountId ?? []));
  const told = wanted.map((code) => ({
    ...code,
    told: code.discountId === null ? gone : (answer.get(code.discountId) ?? unclear),
  }));
  const toEnd = await withShop(shopId, async (tx) => {
    const applied = await applyToldCodes(tx, { shopId, codes: told, now });
    await rewardsGivenBack(tx, { shopId, back: applied.deleted, now, deleted: true });
    await rewardsGivenBack(tx, { shopId, back: applied.unused, now });
    return applied.toEnd;
  });
  for (const redemption of toEnd) await endAgain({ shopId, redemption, codes, now });
  return { redemptionIds: wanted.map(({ redemptionId }) => redemptionId) };
}

/** One that Shopify refuses keeps nobody waiting; it is tried again after its pause. */
async function endAgain(work: {
  shopId: number;
  redemption: Redemption;
  codes: RewardCodes;
  now: Date;
}): Promise<void> {
  const { shopId, redemption, codes, now } = work;
  const { id, discountId } = redemption;
  try {
    if (discountId !== null) await codes.disable(discountId);
    await withShop(shopId, (tx) => recordEndedAgain(tx, { shopId, redemption, now }));
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'unavailable') throw error;
    log.warn({ shopId, redemptionId: String(id), error: errorText(error) }, 'a code still works');
  }
}
