import { z } from 'zod';
import { AppError } from '~/platform/errors';
import { decimal } from '~/platform/money';
import { rateTargets, ruleKinds, ruleScopes, type RuleTerms } from './types';

const valueSchema = z.string().regex(/^\d{1,9}(\.\d{1,4})?$/);

/** A rate as it is written and kept: an id of a product or collection is a number, a tag is compared without regard to case. */
export const rateSchema = z
  .object({
    on: z.enum(rateTargets),
    targets: z.array(z.string().trim().toLowerCase().min(1).max(255)).min(1).max(250),
    kind: z.enum(ruleKinds),
    value: valueSchema,
  })
  .refine(isPossible)
  .refine(({ on, targets }) => on === 'tags' || targets.every((target) => /^\d{1,18}$/.test(target)));

const termsSchema = z
  .object({
    kind: z.enum(ruleKinds),
    value: valueSchema,
    scope: z.enum(ruleScopes),
    newCustomersOnly: z.boolean(),
    holdDays: z.number().int().min(0).max(365),
    windowDays: z.number().int().min(1).max(365),
    rates: z.array(rateSchema).max(20),
  })
  .refine(isPossible, { path: ['value'] });

function isPossible({ kind, value }: Pick<RuleTerms, 'kind' | 'value'>): boolean {
  return kind === 'flat' || decimal(value).lessThanOrEqualTo(100);
}

/** The terms of a rule, checked. Throws `invalid` with a sentence for the merchant. */
export function checkRuleTerms(terms: RuleTerms): RuleTerms {
  const parsed = termsSchema.safeParse(terms);
  if (parsed.success) return parsed.data;
  throw new AppError('invalid', {
    message: `commission rule: ${parsed.error.message}`,
    userMessage:
      'Enter commissions of 0 to 100 percent or amounts, goods for each rate of their own, a hold of 0 to 365 days, and a click that counts for 1 to 365 days.',
  });
}
