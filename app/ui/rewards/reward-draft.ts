import { z } from 'zod';
import { isDiscount, rewardKinds, sliderKinds, type RewardTerms } from '~/modules/loyalty/types';
import { amount, firstErrors, optional, wholeNumber, withoutHidden } from '../draft-fields';
import { t } from '../i18n';

// What stands in the fields of the reward form, and what it means. Used by the page to mark mistakes at once and by its
// action, which trusts nobody.

const mostPoints = 10_000_000;
const draftShape = z.object({
  title: z
    .string()
    .trim()
    .min(1, { error: t('rewards.form.titleMissing') })
    .max(100, { error: t('rewards.form.titleMissing') }),
  kind: z.enum(rewardKinds),
  value: z.string(),
  variantId: z.string(),
  choosesPoints: z.boolean(),
  points: wholeNumber(1, mostPoints, t('rewards.form.pointsInvalid')),
  perUnit: z.string(),
  most: z.string(),
  step: z.string(),
  minimumSubtotal: optional(amount(t('rewards.form.amountInvalid'))),
  validityDays: optional(wholeNumber(1, 3_650, t('rewards.form.daysInvalid'))),
  perCustomerLimit: optional(wholeNumber(1, 1_000, t('rewards.form.limitInvalid'))),
  tierIds: z.array(z.string().regex(/^\d{1,9}$/)).max(50),
  combinesWithOrder: z.boolean(),
  combinesWithProduct: z.boolean(),
  combinesWithShipping: z.boolean(),
});

export type RewardDraft = z.input<typeof draftShape>;
export type RewardErrors = Partial<Record<keyof RewardDraft, string>>;

export const emptyDraft: RewardDraft = {
  title: '',
  kind: 'amount_off',
  value: '',
  variantId: '',
  choosesPoints: false,
  points: '',
  perUnit: '100',
  most: '',
  step: '100',
  minimumSubtotal: '',
  validityDays: '90',
  perCustomerLimit: '',
  tierIds: [],
  combinesWithOrder: false,
  combinesWithProduct: false,
  combinesWithShipping: true,
};

export function toRewardDraft(terms: RewardTerms): RewardDraft {
  const { title, kind, slider, tierIds, combinesWithOrder, combinesWithProduct, combinesWithShipping } =
    terms;
  const text = (value: string | number | null): string => (value === null ? '' : String(value));
  return {
    title,
    kind,
    value: text(terms.value),
    variantId: text(terms.variantId),
    choosesPoints: slider !== null,
    points: text(terms.points),
    perUnit: text(slider?.perUnit ?? null) || emptyDraft.perUnit,
    most: text(slider?.most ?? null),
    step: text(slider?.step ?? null) || emptyDraft.step,
    minimumSubtotal: text(terms.minimumSubtotal),
    validityDays: text(terms.validityDays),
    perCustomerLimit: text(terms.perCustomerLimit),
    tierIds: tierIds.map(String),
    combinesWithOrder,
    combinesWithProduct,
    combinesWithShipping,
  };
}

/** Whether the shopper chooses the points: only where the kind allows it. */
export function isSlider({ kind, choosesPoints }: Pick<RewardDraft, 'kind' | 'choosesPoints'>): boolean {
  return choosesPoints && sliderKinds.includes(kind);
}

/** Kinds that are no discount have no minimum order. */
const money = z.object({ kind: z.enum(rewardKinds).refine((kind) => !isDiscount(kind)) });

/** The first mistake of each field; none when the draft can be saved. */
export function findRewardMistakes(draft: unknown): { terms: RewardTerms } | { errors: RewardErrors } {
  const result = draftShape.safeParse(withoutHidden(draft, money, { minimumSubtotal: '' }));
  const worth = worthShape.safeParse(draft);
  const errors: RewardErrors = {
    ...(result.success ? {} : firstErrors(result.error)),
    ...(worth.success ? {} : firstErrors(worth.error)),
  };
  if (!result.success || !worth.success) return { errors };
  const { choosesPoints: _c, perUnit: _p, most: _m, step: _s, tierIds, ...rest } = result.data;
  return { terms: { ...rest, ...worth.data, tierIds: tierIds.map(Number) } };
}

type Worth = Pick<RewardTerms, 'value' | 'variantId' | 'slider'>;

/** What the fields say that depend on the kind; those of other kinds are not looked at. */
const worthShape = draftShape
  .pick({
    kind: true,
    value: true,
    variantId: true,
    choosesPoints: true,
    perUnit: true,
    most: true,
    step: true,
  })
  .extend({ points: z.string() })
  .transform((draft, context): Worth => {
    const none = { value: null, variantId: null, slider: null };
    const { kind, value, variantId } = draft;
    if (kind === 'free_shipping') return none;
    if (kind === 'free_product') {
      if (!/^\d{1,18}$/.test(variantId)) mistake(context, 'variantId', t('rewards.form.productMissing'));
      return { ...none, variantId };
    }
    if (isSlider(draft)) return { ...none, slider: readSlider(draft, context) };
    const parsed = amount('').safeParse(value);
    if (parsed.success && (kind !== 'percentage' || Number(parsed.data) <= 100))
      return { ...none, value: parsed.data };
    mistake(
      context,
      'value',
      kind === 'percentage' ? t('rewards.form.percentInvalid') : t('rewards.form.amountInvalid'),
    );
    return none;
  });

type SliderDraft = Pick<RewardDraft, 'points' | 'perUnit' | 'most' | 'step'>;

function readSlider({ points, ...draft }: SliderDraft, context: z.RefinementCtx): RewardTerms['slider'] {
  const whole = wholeNumber(1, mostPoints, t('rewards.form.pointsInvalid'));
  const parsed = z.object({ perUnit: whole, most: whole, step: whole }).safeParse(draft);
  if (!parsed.success) {
    for (const [field, message] of Object.entries(firstErrors(parsed.error)))
      mistake(context, field, message);
    return null;
  }
  const least = Number(points);
  const { perUnit, most, step } = parsed.data;
  if (most <= least) mistake(context, 'most', t('rewards.form.mostInvalid'));
  else if (step > most - least) mistake(context, 'step', t('rewards.form.stepInvalid'));
  // Less than 0.01 is nothing.
  if (least * 100 < perUnit) mistake(context, 'points', t('rewards.form.worthNothing'));
  return parsed.data;
}

function mistake(context: z.RefinementCtx, field: string, message: string): void {
  context.addIssue({ code: 'custom', path: [field], message });
}
