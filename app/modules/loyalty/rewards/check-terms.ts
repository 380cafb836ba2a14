import { AppError } from '~/platform/errors';
import { decimal } from '~/platform/money';
import { isDiscount, rewardTermsSchema, sliderKinds, type RewardTerms } from './reward';
import { computeSliderValue } from './slider';

/**
 * The terms as they are kept: what a kind does not know is empty. Free shipping never combines with another shipping
 * discount (Shopify allows it not); money has no minimum and combines with everything. Throws `invalid` for what makes no
 * reward.
 */
export function checkTerms(given: RewardTerms): RewardTerms {
  const parsed = rewardTermsSchema.safeParse(given);
  if (!parsed.success) throw invalid(parsed.error.message);
  const terms = { ...parsed.data, ...(parsed.data.kind !== 'free_product' && { variantId: null }) };
  if (terms.slider !== null) return { ...emptied(terms), ...checkSlider(terms) };
  const { kind, value } = terms;
  if (kind === 'free_shipping') return { ...terms, value: null, combinesWithShipping: false };
  if (kind === 'free_product') {
    if (terms.variantId === null) throw invalid('no product');
    return { ...terms, value: null };
  }
  if (value === null || decimal(value).lessThanOrEqualTo(0)) throw invalid('no value');
  if (kind === 'percentage' && decimal(value).greaterThan(100)) throw invalid('above 100 %');
  return emptied(terms);
}

/** Steps that lead from the least to the most, and points that are worth something. */
function checkSlider({ kind, points, slider }: RewardTerms): Pick<RewardTerms, 'value' | 'slider'> {
  if (slider === null || !sliderKinds.includes(kind)) throw invalid('no kind to choose points for');
  if (slider.most <= points || slider.step > slider.most - points) throw invalid('steps lead nowhere');
  if (decimal(computeSliderValue(slider.perUnit, points)).isZero()) throw invalid('worth nothing');
  return { value: null, slider };
}

function emptied(terms: RewardTerms): RewardTerms {
  if (isDiscount(terms.kind)) return terms;
  const never = { combinesWithOrder: false, combinesWithProduct: false, combinesWithShipping: false };
  return { ...terms, minimumSubtotal: null, ...never };
}

function invalid(message: string): AppError {
  return new AppError('invalid', {
    message: `reward: ${message}`,
    userMessage: 'This reward is not complete. Check its value, its price in points and its limits.',
  });
}
