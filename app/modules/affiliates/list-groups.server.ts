import type { Tx } from '~/platform/db/index.server';
import { readRules } from './read-rules.server';
import type { AffiliateGroup } from './types';

/** The groups of a shop with the rule in force and how many affiliates earn by it, in the order they were made. */
export async function listGroups(tx: Tx, { shopId }: { shopId: number }): Promise<AffiliateGroup[]> {
  const groups = await tx.affiliateGroup.findMany({
    where: { shopId },
    orderBy: { id: 'asc' },
    include: { _count: { select: { affiliates: { where: { state: 'approved' } } } } },
  });
  const rules = await readRules(tx, { shopId });
  return groups.flatMap(({ id, name, _count }) => {
    const rule = rules.findLast(({ groupId }) => groupId === id);
    return rule ? [{ id, name, rule, members: _count.affiliates }] : [];
  });
}
