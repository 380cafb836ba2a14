import type { Tx } from '~/platform/db/index.server';
import { finalSurvivors } from '../final-survivors';
import type { LedgerMerge } from '../types';

/**
 * Gives the redemptions of merged profiles to the profiles they were merged into. Comes after `mergeLedger`, which locked
 * the accounts and moved what they hold. Idempotent.
 */
export async function mergeRedemptions(
  tx: Tx,
  { shopId, merges }: { shopId: number; merges: LedgerMerge[] },
): Promise<void> {
  const survivors = finalSurvivors(merges);
  if (survivors.size === 0) return;
  const from = [...survivors.keys()];
  await tx.$executeRaw`
    UPDATE redemptions d SET profile_id = m.into_id
    FROM unnest(${from}::bigint[], ${[...survivors.values()]}::bigint[]) AS m(from_id, into_id)
    WHERE d.shop_id = ${shopId} AND d.profile_id = m.from_id AND d.profile_id = ANY (${from}::bigint[])`;
}
