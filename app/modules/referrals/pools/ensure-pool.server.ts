import type { Tx } from '~/platform/db/index.server';
import { newOfferCode } from '../new-code.server';
import type { ReferralProgramme } from '../programme';
import { poolKey, poolSpan } from './pool-terms';

/**
 * The pool of these terms is there, or is begun; pools of other terms, and one that has given codes for long enough, give
 * none any more. What that means in Shopify, the sweep does. Idempotent. A programme that is off begins and ends none.
 */
export async function ensurePool(
  tx: Tx,
  { shopId, programme, now }: { shopId: number; programme: ReferralProgramme; now: Date },
): Promise<void> {
  if (!programme.enabled) return;
  const termsKey = poolKey(programme);
  await tx.referralPool.updateMany({
    where: {
      shopId,
      state: { in: ['making', 'open'] },
      OR: [{ termsKey: { not: termsKey } }, { closesAt: { lte: now } }],
    },
    data: { state: 'closing', attempts: 0, nextAttemptAt: now },
  });
  const row = {
    shopId,
    termsKey,
    programmeVersion: programme.version,
    firstCode: newOfferCode(),
    createdAt: now,
    nextAttemptAt: now,
    ...poolSpan(programme, now),
  };
  await tx.referralPool.createMany({ data: [row], skipDuplicates: true });
}
