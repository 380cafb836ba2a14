import type { Tx } from '~/platform/db/index.server';

/** The day and month somebody was born; null when it was not told. */
export async function findBirthday(
  tx: Tx,
  { shopId, profileId }: { shopId: number; profileId: bigint },
): Promise<{ month: number; day: number } | null> {
  return tx.birthday.findUnique({
    where: { shopId_profileId: { shopId, profileId } },
    select: { month: true, day: true },
  });
}
