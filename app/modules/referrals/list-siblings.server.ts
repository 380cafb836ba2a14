import type { Tx } from '~/platform/db/index.server';

/** Undecided claims of the same advocate within a day: a new one may be what shows a burst, or a leaked code. */
export async function listSiblings(
  tx: Tx,
  { shopId, referralId }: { shopId: number; referralId: bigint },
): Promise<bigint[]> {
  const rows = await tx.$queryRaw<{ id: bigint }[]>`
    SELECT e.id FROM referrals r JOIN referrals e ON e.shop_id = r.shop_id AND e.advocate_id = r.advocate_id
      AND e.claimed_at BETWEEN r.claimed_at - interval '1 day' AND r.claimed_at + interval '1 day'
    WHERE r.shop_id = ${shopId} AND r.id = ${referralId} AND e.id <> r.id AND e.decision IS NULL
    ORDER BY e.id DESC LIMIT 100`;
  return rows.map(({ id }) => id);
}
