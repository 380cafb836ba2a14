import type { Tx } from '~/platform/db/index.server';
import { notFound } from '~/platform/errors';
import { lockRedemptions } from './lock-redemptions.server';
import { moveRedemptions } from './move-redemptions.server';
import type { Redemption } from './reward';

/** There will be no code: the reserved points are spendable again. Idempotent; only what is reserved can be released. Throws `not_found`. */
export async function releaseRedemption(
  tx: Tx,
  input: { shopId: number; redemptionId: bigint; error: string; now: Date },
): Promise<Redemption> {
  const { shopId, redemptionId, error, now } = input;
  const [redemption] = await lockRedemptions(tx, { shopId, ids: [redemptionId] });
  if (!redemption) throw notFound('redemption');
  if (redemption.state !== 'reserved') return redemption;
  const after = { state: 'released', held: 0, spent: 0, error: error.slice(0, 500) } as const;
  await moveRedemptions(tx, { shopId, now, moves: [{ redemption, kind: 'unreserve', ...after }] });
  return { ...redemption, ...after };
}
