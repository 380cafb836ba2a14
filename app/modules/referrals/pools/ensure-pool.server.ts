import type { Tx } from '~/platform/db/index.server';
import { newOfferCode } from '../new-code.server';
import type { ReferralProgramme } from '../programme';
import { poolKey, poolSpan } from './pool-terms';

/**
 * The pool of these terms is there, or is begun; pools of other terms, and one that has given codes for long enough, give
 * none any more. What that means in Shopify, the sweep does. Idempotent. A programme that is off begins none, and keeps the one
 * it has for when it is on again.
 */
export async function ensurePool(
  tx: Tx,
  { shopId, programme, now }: { shopId: number; programme: ReferralProgramme; now: Date },
): Promise<void> {
  const termsKey = poolKey(programme);
  await tx.referralPool.updateMany({
    where: {
      shopId,
      state: { in: ['making', 'open'] },
      OR: [{ closesAt: { lte: now } }, ...(programme.enabled ? [{ termsKey: { not: termsKey } }] : [])],
    },
    data: { state: 'closing', attempts: 0, nextAttemptAt: now },
  });
  if (!programme.enabled) return;
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
