import { z } from 'zod';
import type { Tx } from '~/platform/db/index.server';
import { decimal } from '~/platform/money';
import { rateSchema } from './rule-terms';
import { ruleKinds, ruleScopes, type CommissionRule } from './types';

const kindSchema = z.enum(ruleKinds);
const scopeSchema = z.enum(ruleScopes);
const ratesSchema = z.array(rateSchema);

/** Every version of every group's rule, oldest first: few rows, so that many orders are judged after one read. */
export async function readRules(
  tx: Tx,
  { shopId, groupId }: { shopId: number; groupId?: number },
): Promise<CommissionRule[]> {
  const rows = await tx.affiliateRule.findMany({
    where: { shopId, ...(groupId !== undefined && { groupId }) },
    orderBy: [{ groupId: 'asc' }, { version: 'asc' }],
  });
  return rows.map(({ shopId: _shopId, ...row }) => ({
    ...row,
    kind: kindSchema.parse(row.kind),
    value: decimal(row.value),
    scope: scopeSchema.parse(row.scope),
    rates: ratesSchema.parse(row.rates).map((rate) => ({ ...rate, value: decimal(rate.value) })),
  }));
}
