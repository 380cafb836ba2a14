import { z } from 'zod';
import { AppError } from '~/platform/errors';
import { decimal } from '~/platform/money';
import { ruleKinds, ruleScopes, type RuleTerms } from './types';

const termsSchema = z
  .object({
    kind: z.enum(ruleKinds),
    value: z.string().regex(/^\d{1,9}(\.\d{1,4})?$/),
    scope: z.enum(ruleScopes),
    newCustomersOnly: z.boolean(),
    holdDays: z.number().int().min(0).max(365),
    windowDays: z.number().int().min(1).max(365),
  })
  .refine(({ kind, value }) => kind === 'flat' || decimal(value).lessThanOrEqualTo(100), { path: ['value'] });

/** The terms of a rule, checked. Throws `invalid` with a sentence for the merchant. */
export function checkRuleTerms(terms: RuleTerms): RuleTerms {
  const parsed = termsSchema.safeParse(terms);
  if (parsed.success) return parsed.data;
  throw new AppError('invalid', {
    message: `commission rule: ${parsed.error.message}`,
    userMessage:
      'Enter a commission of 0 to 100 percent or an amount, a hold of 0 to 365 days, and a click that counts for 1 to 365 days.',
  });
}
