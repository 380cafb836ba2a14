import type { Tx } from '~/platform/db/index.server';
import { defaultEarnRule } from './default-earn-rule';

/** Gives a shop its first rule. Idempotent: a shop that has one keeps it. */
export async function ensureEarnRule(tx: Tx, input: { shopId: number; now: Date }): Promise<void> {
  const { pointsPerUnit, minimum: _none, ...rest } = defaultEarnRule;
  await tx.earnRule.createMany({
    data: [
      { ...rest, shopId: input.shopId, pointsPerUnit: pointsPerUnit.toString(), effectiveFrom: input.now },
    ],
    skipDuplicates: true,
  });
}
