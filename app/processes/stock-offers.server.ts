import type { RewardCodes } from '~/modules/loyalty/types';
import {
  applyDeletedOffers,
  applyToldPool,
  ensurePool,
  findProgramme,
  getPool,
  planStock,
  recordPool,
  recordStock,
  withdrawStock,
} from '~/modules/referrals/index.server';
import type { OfferPool, PoolOutcome, StockOutcome } from '~/modules/referrals/types';
import { withShop } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { offerTerms } from './offer-terms';

interface Work {
  shopId: number;
  poolId: bigint;
  codes: RewardCodes;
  now: Date;
}

/** Made, asked for codes, heard of them, enough. What Shopify takes its time for is left to the next sweep. */
const steps = 4;
/** A discount nobody finds may still be on its way, by somebody who died with it: so often it is looked for. */
const looks = 3;

/**
 * Does what is left to do for a pool of friends' codes in Shopify, whoever left it: looks at its discount, makes it, adds codes, or ends it
 * when it gives none any more and nobody can use one. Safe to repeat and to run at once. Throws `unavailable` when Shopify
 * doesn't answer.
 */
export async function stockOffers(work: Work): Promise<void> {
  if (!(await inspect(work))) return;
  for (let step = 0; step < steps; step += 1) if (!(await doNext(work))) return;
}

/** What the merchant did to the discount in Shopify. Returns whether it is one to go on with. */
async function inspect({ shopId, poolId, codes, now }: Work): Promise<boolean> {
  const { pool, programme } = await withShop(shopId, (tx) => getPool(tx, { shopId, poolId }));
  const { state, discountId } = pool;
  if (state !== 'open' || discountId === null) return true;
  const told = (await codes.inspect([discountId])).get(discountId);
  if (!told || told.state === 'unclear') return true;
  return withShop(shopId, async (tx) => {
    if (told.state === 'gone') {
      await applyDeletedOffers(tx, { shopId, discountIds: [discountId], now });
      return false;
    }
    const { startsAt, endsAt } = told;
    const { gives } = await applyToldPool(tx, { shopId, pool, programme, startsAt, endsAt, now });
    return gives || (pool.closesAt !== null && pool.closesAt <= now);
  });
}

/** Returns whether there is more to do at once. */
async function doNext(work: Work): Promise<boolean> {
  const { shopId, poolId, now } = work;
  const { pool } = await withShop(shopId, (tx) => getPool(tx, { shopId, poolId }));
  const { state, closesAt, discountId } = pool;
  if (state === 'closing') return close(work, pool);
  if (state === 'closed') return false;
  if (closesAt !== null && closesAt <= now) return replace(work);
  if (discountId === null) return make(work, pool);
  return pool.creationId === null ? add(work, pool, discountId) : follow(work, discountId, pool.creationId);
}

async function make(work: Work, pool: OfferPool): Promise<boolean> {
  const { shopId, poolId, codes } = work;
  const { programme } = await withShop(shopId, (tx) => getPool(tx, { shopId, poolId }));
  const { firstCode: code, createdAt: startsAt, endsAt } = pool;
  const made = pool.attempts > 1 ? await codes.find(code) : null; // somebody may have died after making it
  const wanted = { ...offerTerms(programme, 'Referral, one code per friend'), code, startsAt, endsAt };
  const outcome = made === null ? await codes.createPool(wanted) : { discountId: made };
  await record(work, outcome);
  return 'discountId' in outcome;
}

async function add(work: Work, { nextAttemptAt }: OfferPool, discountId: bigint): Promise<boolean> {
  const { shopId, poolId, codes } = work;
  const wanted = await withShop(shopId, (tx) => planStock(tx, { shopId, poolId }));
  const outcome =
    wanted.length === 0 ? { enoughAsOf: nextAttemptAt } : await codes.addCodes(discountId, wanted);
  if (outcome === 'gone') await record(work, 'gone');
  else await recordAdded(work, outcome);
  return typeof outcome === 'object' && 'creationId' in outcome;
}

async function follow(work: Work, discountId: bigint, creationId: bigint): Promise<boolean> {
  const { codes } = work;
  const told = await codes.followCodes(creationId);
  if (told === null) {
    await recordAdded(work, 'unknown');
    return true;
  }
  if (!told.done) return false;
  // Those that were there already are of a try nobody noted.
  const isMissing = told.codes.some(({ redeemId, problem }) => redeemId === null && problem === null);
  const there = isMissing ? await codes.listCodes(discountId) : new Map<string, bigint>();
  const added = told.codes.flatMap(({ code, redeemId }) => {
    const id = redeemId ?? there.get(code);
    return id === undefined ? [] : [{ code, redeemId: id }];
  });
  const problem = told.codes.find((code) => code.problem !== null)?.problem ?? null;
  await recordAdded(work, { added, problem });
  return problem === null;
}

/** It has given codes for long enough: another one does, if the merchant still recommends. */
async function replace({ shopId, now }: Work): Promise<boolean> {
  await withShop(shopId, async (tx) => {
    const programme = await findProgramme(tx, { shopId });
    if (programme) await ensurePool(tx, { shopId, programme, now });
  });
  return false;
}

async function close(work: Work, pool: OfferPool): Promise<boolean> {
  const { shopId, poolId, codes, now } = work;
  const { inUse } = await withShop(shopId, (tx) => withdrawStock(tx, { shopId, poolId }));
  const isOver = pool.endsAt !== null && pool.endsAt <= now;
  if (inUse && !isOver) return false;
  const discountId = pool.discountId ?? (await codes.find(pool.firstCode));
  if (discountId === null && pool.attempts < looks) return false;
  await record(work, discountId === null || isOver ? 'closed' : await end(codes, discountId));
  return false;
}

async function end(codes: RewardCodes, discountId: bigint): Promise<PoolOutcome> {
  try {
    await codes.disable(discountId);
    return 'closed';
  } catch (error) {
    if (error instanceof AppError && error.code !== 'unavailable') return { notEnded: error.userMessage };
    throw error;
  }
}

function record({ shopId, poolId, now }: Work, outcome: PoolOutcome): Promise<void> {
  return withShop(shopId, (tx) => recordPool(tx, { shopId, poolId, outcome, now }));
}

function recordAdded({ shopId, poolId, now }: Work, outcome: StockOutcome): Promise<void> {
  return withShop(shopId, (tx) => recordStock(tx, { shopId, poolId, outcome, now }));
}
