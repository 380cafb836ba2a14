import type { Tx } from '~/platform/db/index.server';
import type { ProgrammeTerms } from '../programme';
import type { OfferPool } from './pool-row.server';
import { outlasts } from './pool-terms';

const dayMs = 24 * 60 * 60 * 1_000;
const unusable =
  'The discount of the codes starts later or ends too early in Shopify, or is switched off there.';

/**
 * The discount of a pool starts and ends when Shopify says; null: at once, and never. So do the codes friends have of it, but none later than promised;
 * it gives codes only while they can be used and last as long as that. Idempotent; an answer that was overtaken by news does nothing. Returns
 * whether it gives codes.
 */
export async function applyToldPool(
  tx: Tx,
  input: {
    shopId: number;
    pool: OfferPool; // as it was before Shopify was asked
    programme: Pick<ProgrammeTerms, 'offerDays'>;
    startsAt: Date | null;
    endsAt: Date | null;
    now: Date;
  },
): Promise<{ gives: boolean }> {
  const { shopId, pool, programme, endsAt, now } = input;
  const startsAt = input.startsAt !== null && input.startsAt > now ? input.startsAt : null;
  const gives = startsAt === null && outlasts(endsAt, programme, now);
  const tomorrow = new Date(now.getTime() + dayMs); // should the news of another change be lost
  const where = { shopId, id: pool.id, state: 'open', nextAttemptAt: pool.nextAttemptAt };
  const { count } = await tx.referralPool.updateMany({
    where,
    data: {
      startsAt,
      endsAt,
      ...(!gives && { error: unusable, attempts: 0, nextAttemptAt: tomorrow }),
      ...(gives && pool.error === unusable && { error: null }),
    },
  });
  // Who was claiming at that moment is found by the next look.
  const concerned = !gives || pool.startsAt !== null || endsAt?.getTime() !== pool.endsAt?.getTime();
  if (count > 0 && concerned) await moveFriends(tx, shopId, pool.id);
  return { gives: gives && count > 0 };
}

async function moveFriends(tx: Tx, shopId: number, poolId: bigint): Promise<void> {
  // Codes out of a pool are given with the claim.
  await tx.$executeRaw`
    UPDATE referrals r SET offer_starts_at = p.starts_at,
      offer_expires_at = LEAST(r.claimed_at + make_interval(days => g.offer_days), p.ends_at)
    FROM referral_pools p, referral_programmes g
    WHERE r.shop_id = ${shopId} AND r.pool_id = ${poolId} AND r.state = 'claimed' AND r.offer_state = 'made'
      AND p.shop_id = r.shop_id AND p.id = r.pool_id AND g.shop_id = r.shop_id AND g.version = r.programme_version`;
}
