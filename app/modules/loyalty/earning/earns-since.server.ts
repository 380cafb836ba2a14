import type { Tx } from '~/platform/db/index.server';
import type { EarnTrigger } from './earn-action';

/** When a way to earn was first there; null for one that never was, so that nobody looks further. */
export async function earnsSince(
  tx: Tx,
  { shopId, trigger }: { shopId: number; trigger: EarnTrigger },
): Promise<Date | null> {
  const first = await tx.earnAction.findFirst({
    where: { shopId, trigger },
    orderBy: { version: 'asc' },
    select: { effectiveFrom: true },
  });
  return first?.effectiveFrom ?? null;
}
