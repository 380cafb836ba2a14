import { AppError } from '~/platform/errors';
import { decimal } from '~/platform/money';
import { rewardTermsSchema, type RewardTerms } from './reward';

/**
 * The terms as they are kept: free shipping has no value and never combines with another shipping discount (Shopify allows
 * it not). Throws `invalid` for what makes no reward.
 */
export function checkTerms(given: RewardTerms): RewardTerms {
  const parsed = rewardTermsSchema.safeParse(given);
  if (!parsed.success) throw invalid(parsed.error.message);
  const terms = parsed.data;
  if (terms.kind === 'free_shipping') return { ...terms, value: null, combinesWithShipping: false };
  if (terms.value === null || decimal(terms.value).lessThanOrEqualTo(0)) throw invalid('no value');
  if (terms.kind === 'percentage' && decimal(terms.value).greaterThan(100)) throw invalid('above 100 %');
  return terms;
}

function invalid(message: string): AppError {
  return new AppError('invalid', {
    message: `reward: ${message}`,
    userMessage: 'This reward is not complete. Check its value, its price in points and its limits.',
  });
}
