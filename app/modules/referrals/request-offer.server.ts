import type { Tx } from '~/platform/db/index.server';

/** How long whoever asked may take to make the code, before the sweep does it. */
const firstSweepMs = 60_000;

/** Notes that a friend is to get their code, unless something exact speaks against the referral. Idempotent. */
export async function requestOffer(
  tx: Tx,
  { shopId, referralId, now }: { shopId: number; referralId: bigint; now: Date },
): Promise<void> {
  await tx.referral.updateMany({
    where: { shopId, id: referralId, offerState: 'none', state: { notIn: ['blocked', 'rejected'] } },
    data: { offerState: 'making', nextAttemptAt: new Date(now.getTime() + firstSweepMs) },
  });
}
