import { z } from 'zod';
import type { Tx } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { decimal } from '~/platform/money';
import { ensureEarnRule } from './ensure-earn-rule.server';
import { forgetProgramme } from './programme.server';
import { goodsListShape, isComplete } from './goods-list';
import { readEarnRules } from './read-earn-rules.server';
import { pointsPerUnitPattern, roundings, type EarnRule, type EarnRuleChanges } from './types';

const changesSchema = z.object({
  enabled: z.boolean().optional(),
  pointsPerUnit: z.string().regex(pointsPerUnitPattern).optional(),
  includeTax: z.boolean().optional(),
  includeShipping: z.boolean().optional(),
  includeGiftCards: z.boolean().optional(),
  rounding: z.enum(roundings).optional(),
  pendingDays: z.number().int().min(0).max(365).optional(),
  minimum: z
    .string()
    .regex(/^(?!0+(\.0+)?$)\d{1,12}(\.\d{1,4})?$/)
    .nullable()
    .optional(),
  earnOnHistoric: z.boolean().optional(),
  ...z.object(goodsListShape).partial().shape,
  allBut: z.boolean().optional(),
});

export interface UpdateEarnRuleInput {
  shopId: number;
  changes: EarnRuleChanges;
  now: Date;
}

/**
 * Changes the rule from `now` on, as a new version; orders processed before keep the version of their time. Idempotent:
 * a change that changes nothing makes no version. Throws `invalid` when a value is out of range.
 */
export async function updateEarnRule(tx: Tx, input: UpdateEarnRuleInput): Promise<EarnRule> {
  const parsed = changesSchema.safeParse(input.changes);
  if (!parsed.success) throw invalid(parsed.error.message);
  await ensureEarnRule(tx, input);
  // The first version is locked, so that two changes at once become two versions and not a collision.
  await tx.$queryRaw`SELECT 1 FROM earn_rules WHERE shop_id = ${input.shopId} AND version = 1 FOR UPDATE`;
  const current = (await readEarnRules(tx, input)).at(-1);
  if (!current) throw invalid('the shop has no rule');
  const next = applyChanges(current, parsed.data, input.now);
  if (!isComplete(next)) throw invalid('no goods are listed');
  if (sameTerms(current, next)) return current;
  await tx.earnRule.create({
    data: {
      ...next,
      shopId: input.shopId,
      pointsPerUnit: next.pointsPerUnit.toString(),
      minimum: next.minimum?.toString() ?? null,
    },
  });
  forgetProgramme(input.shopId);
  return next;
}

function applyChanges(current: EarnRule, changes: EarnRuleChanges, now: Date): EarnRule {
  const { minimum = current.minimum } = changes;
  const told = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  return {
    ...current,
    ...told,
    pointsPerUnit: decimal(changes.pointsPerUnit ?? current.pointsPerUnit),
    minimum: minimum === null ? null : decimal(minimum),
    version: current.version + 1,
    effectiveFrom: new Date(Math.max(now.getTime(), current.effectiveFrom.getTime())), // never before the version it follows
  };
}

function sameTerms(a: EarnRule, b: EarnRule): boolean {
  const terms = (rule: EarnRule): string =>
    JSON.stringify({
      ...rule,
      pointsPerUnit: rule.pointsPerUnit.toString(),
      minimum: rule.minimum?.toString() ?? null,
      productIds: rule.productIds.map(String),
      collectionIds: rule.collectionIds.map(String),
      version: 0,
      effectiveFrom: 0,
    });
  return terms(a) === terms(b);
}

function invalid(message: string): AppError {
  return new AppError('invalid', {
    message: `earn rule: ${message}`,
    userMessage:
      'Please enter points per currency unit as a number from 0 to 1000 with up to 4 decimals, a minimum above 0 or none, 0 to 365 days, and at least one of the goods that earn if not all do.',
  });
}
