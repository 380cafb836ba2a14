import type { Tx } from '~/platform/db/index.server';
import { readRules } from './read-rules.server';
import type { CommissionRule } from './types';

/** The rule an affiliate earns by now; null while they earn nothing. */
export async function findOwnRule(
  tx: Tx,
  { shopId, affiliateId, now }: { shopId: number; affiliateId: bigint; now: Date },
): Promise<CommissionRule | null> {
  const span = await tx.affiliateSpan.findFirst({
    where: { shopId, affiliateId, fromAt: { lte: now }, OR: [{ toAt: null }, { toAt: { gt: now } }] },
    orderBy: { fromAt: 'desc' },
  });
  if (!span) return null;
  const versions = await readRules(tx, { shopId, groupId: span.groupId });
  return versions.findLast(({ effectiveFrom }) => effectiveFrom <= now) ?? versions[0] ?? null;
}
