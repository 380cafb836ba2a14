import type { Tx } from '~/platform/db/index.server';
import { findProgramme } from './find-programme.server';
import { newOfferCode } from './new-code.server';
import { ensurePool } from './pools/ensure-pool.server';

export interface ApplyDeletedOffersInput {
  shopId: number;
  discountIds: bigint[];
  now: Date;
}

/**
 * Discounts were deleted in Shopify: a pool among them gives no codes from now on and another takes its place, and friends
 * whose code does not work any more are to get one of their own, for all of its days; while nobody may bring friends they
 * get none, and the referral says why. Set-wise and idempotent; two small queries for discounts that are none of ours.
 */
export async function applyDeletedOffers(tx: Tx, input: ApplyDeletedOffersInput): Promise<void> {
  const { shopId, discountIds, now } = input;
  const pools = await tx.referralPool.findMany({
    where: { shopId, discountId: { in: discountIds } },
    select: { id: true },
  });
  const poolIds = pools.map(({ id }) => id);
  const programme = await closePools(tx, { shopId, poolIds, now });
  const friends = await listStranded(tx, input, poolIds);
  if (friends.length === 0) return;
  const enabled = (programme ?? (await findProgramme(tx, { shopId })))?.enabled ?? false;
  const rows = friends.map(({ id }) => ({ id: id.toString(), code: newOfferCode() }));
  await tx.$executeRaw`
    UPDATE referrals r SET discount_id = NULL, pool_id = NULL, redeem_id = NULL, attempts = 0,
      offer_state = CASE WHEN ${enabled} THEN 'making' ELSE 'refused' END,
      offer_code = CASE WHEN ${enabled} THEN f.code ELSE r.offer_code END,
      offer_starts_at = CASE WHEN NOT ${enabled} THEN r.offer_starts_at END,
      offer_expires_at = CASE WHEN ${enabled} THEN ${now}::timestamptz + make_interval(days => p.offer_days) ELSE r.offer_expires_at END,
      next_attempt_at = CASE WHEN ${enabled} THEN ${now}::timestamptz END,
      offer_error = CASE WHEN NOT ${enabled} THEN 'Its discount was deleted in Shopify.' END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS f(id bigint, code text), referral_programmes p
    WHERE r.shop_id = ${shopId} AND r.id = f.id AND r.id = ANY (${friends.map(({ id }) => id)}::bigint[])
      AND p.shop_id = r.shop_id AND p.version = r.programme_version`;
}

/** Who claims at this moment is waited for, and then among those whose code does not work any more. */
async function closePools(
  tx: Tx,
  { shopId, poolIds, now }: { shopId: number; poolIds: bigint[]; now: Date },
): ReturnType<typeof findProgramme> {
  if (poolIds.length === 0) return null;
  await tx.referralPoolCode.deleteMany({ where: { shopId, poolId: { in: poolIds } } });
  await tx.referralPool.updateMany({
    where: { shopId, id: { in: poolIds } },
    data: { state: 'closed', creationId: null, error: null, nextAttemptAt: null },
  });
  const programme = await findProgramme(tx, { shopId });
  if (programme) await ensurePool(tx, { shopId, programme, now });
  return programme;
}

/** Friends who have such a code and have neither ordered nor let its days pass, locked. */
async function listStranded(
  tx: Tx,
  { shopId, discountIds, now }: ApplyDeletedOffersInput,
  poolIds: bigint[],
): Promise<{ id: bigint }[]> {
  return tx.$queryRaw<{ id: bigint }[]>`
    SELECT id FROM referrals
    WHERE shop_id = ${shopId} AND id = ANY (ARRAY (
        SELECT id FROM referrals WHERE shop_id = ${shopId} AND discount_id = ANY (${discountIds}::bigint[])
        UNION ALL
        SELECT id FROM referrals WHERE shop_id = ${shopId} AND pool_id = ANY (${poolIds}::bigint[]) AND offer_state = 'made'))
      AND state = 'claimed' AND offer_state = 'made' AND (offer_expires_at IS NULL OR offer_expires_at > ${now})
    ORDER BY id FOR NO KEY UPDATE`;
}
