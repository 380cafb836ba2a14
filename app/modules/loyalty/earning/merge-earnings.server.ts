import type { Tx } from '~/platform/db/index.server';
import { finalSurvivors } from '../final-survivors';
import type { LedgerMerge } from '../types';
import { settleEarnings } from './settle-earnings.server';

/**
 * Gives what merged profiles did to the profiles they were merged into, and takes back what the caps do not allow one
 * person. Comes after `mergeLedger`, which locked the accounts and moved what they hold. Of two birthdays the one told first
 * stays. Idempotent.
 */
export async function mergeEarnings(
  tx: Tx,
  { shopId, merges, now }: { shopId: number; merges: LedgerMerge[]; now: Date },
): Promise<void> {
  const survivors = finalSurvivors(merges);
  if (survivors.size === 0) return;
  const [from, into] = [[...survivors.keys()], [...survivors.values()]];
  await tx.$executeRaw`
    UPDATE earn_events e SET profile_id = m.into_id
    FROM unnest(${from}::bigint[], ${into}::bigint[]) AS m(from_id, into_id)
    WHERE e.shop_id = ${shopId} AND e.profile_id = m.from_id AND e.profile_id = ANY (${from}::bigint[])`;
  await tx.$executeRaw`
    INSERT INTO birthdays (shop_id, profile_id, month, day, told_at)
    SELECT DISTINCT ON (m.into_id) b.shop_id, m.into_id, b.month, b.day, b.told_at
    FROM birthdays b JOIN unnest(${from}::bigint[], ${into}::bigint[]) AS m(from_id, into_id) ON m.from_id = b.profile_id
    WHERE b.shop_id = ${shopId} AND b.profile_id = ANY (${from}::bigint[])
    ORDER BY m.into_id, b.told_at
    ON CONFLICT (shop_id, profile_id) DO UPDATE SET month = excluded.month, day = excluded.day, told_at = excluded.told_at
      WHERE excluded.told_at < birthdays.told_at`;
  await tx.$executeRaw`
    DELETE FROM birthdays WHERE shop_id = ${shopId} AND profile_id = ANY (${from}::bigint[])`;
  await settleEarnings(tx, { shopId, profileIds: [...new Set(into)], now });
}
