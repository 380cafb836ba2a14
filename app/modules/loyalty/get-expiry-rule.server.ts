import { z } from 'zod';
import type { Tx } from '~/platform/db/index.server';
import { expiryModes, type ExpiryRule } from './types';

const mode = z.enum(expiryModes);

/** When points expire, at a moment. A shop that never chose is told that they never do. */
export async function getExpiryRule(tx: Tx, input: { shopId: number; at: Date }): Promise<ExpiryRule> {
  const row = await tx.expiryRule.findFirst({
    where: { shopId: input.shopId, effectiveFrom: { lte: input.at } },
    orderBy: { version: 'desc' },
  });
  if (!row) return { version: 0, mode: 'never', days: 365, effectiveFrom: input.at };
  const { shopId: _shopId, ...rule } = row;
  return { ...rule, mode: mode.parse(rule.mode) };
}
