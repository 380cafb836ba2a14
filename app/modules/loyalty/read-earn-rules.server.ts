import { z } from 'zod';
import type { EarnRule as EarnRuleRow } from '~/generated/prisma/client';
import type { Tx } from '~/platform/db/index.server';
import { decimal } from '~/platform/money';
import { goodsScopes } from './goods-list';
import { roundings, type EarnRule } from './types';

const rounding = z.enum(roundings);
const scope = z.enum(goodsScopes);

/** Every version of the shop's rule, oldest first: few rows, so that many orders are judged after one read. */
export async function readEarnRules(tx: Tx, input: { shopId: number }): Promise<EarnRule[]> {
  const rows = await tx.earnRule.findMany({ where: { shopId: input.shopId }, orderBy: { version: 'asc' } });
  return rows.map(toEarnRule);
}

/** The row as the rules of this module see it. */
function toEarnRule(row: EarnRuleRow): EarnRule {
  const { shopId: _shopId, ...rest } = row;
  return {
    ...rest,
    pointsPerUnit: decimal(row.pointsPerUnit),
    minimum: row.minimum === null ? null : decimal(row.minimum),
    rounding: rounding.parse(row.rounding),
    scope: scope.parse(row.scope),
  };
}
