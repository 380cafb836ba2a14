import { z } from 'zod';
import { rewardKinds, type RewardTerms } from '~/modules/loyalty/types';
import { amount, optional, wholeNumber } from '../draft-fields';
import { t } from '../i18n';

// What stands in the fields of the reward form, and what it means. Used by the page to mark mistakes at once and by its
// action, which trusts nobody.

const draftShape = z.object({
  title: z
    .string()
    .trim()
    .min(1, { error: t('rewards.form.titleMissing') })
    .max(100, { error: t('rewards.form.titleMissing') }),
  kind: z.enum(rewardKinds),
  value: z.string(),
  points: wholeNumber(1, 10_000_000, t('rewards.form.pointsInvalid')),
  minimumSubtotal: optional(amount(t('rewards.form.amountInvalid'))),
  validityDays: optional(wholeNumber(1, 3_650, t('rewards.form.daysInvalid'))),
  perCustomerLimit: optional(wholeNumber(1, 1_000, t('rewards.form.limitInvalid'))),
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
  points: '',
  minimumSubtotal: '',
  validityDays: '90',
  perCustomerLimit: '',
  combinesWithOrder: false,
  combinesWithProduct: false,
  combinesWithShipping: true,
};

export function toRewardDraft(terms: RewardTerms): RewardDraft {
  const { title, kind, combinesWithOrder, combinesWithProduct, combinesWithShipping } = terms;
  const text = (value: string | number | null): string => (value === null ? '' : String(value));
  return {
    title,
    kind,
    value: text(terms.value),
    points: text(terms.points),
    minimumSubtotal: text(terms.minimumSubtotal),
    validityDays: text(terms.validityDays),
    perCustomerLimit: text(terms.perCustomerLimit),
    combinesWithOrder,
    combinesWithProduct,
    combinesWithShipping,
  };
}

/** The first mistake of each field; none when the draft can be saved. */
export function findRewardMistakes(draft: unknown): { terms: RewardTerms } | { errors: RewardErrors } {
  const result = draftShape.safeParse(draft);
  const fieldErrors = result.success ? {} : z.flattenError(result.error).fieldErrors;
  const errors: RewardErrors = Object.fromEntries(
    Object.entries(fieldErrors).map(([field, messages]) => [field, messages[0]]),
  );
  const kind = draftShape.pick({ kind: true, value: true }).safeParse(draft);
  const value = kind.success ? readValue(kind.data) : null;
  if (value === undefined)
    errors.value =
      kind.data?.kind === 'percentage' ? t('rewards.form.percentInvalid') : t('rewards.form.amountInvalid');
  if (!result.success || value === undefined) return { errors };
  return { terms: { ...result.data, value } };
}

/** Null for a kind without a value; undefined when it is none. */
function readValue({
  kind,
  value,
}: Pick<RewardTerms, 'kind'> & { value: string }): string | null | undefined {
  if (kind === 'free_shipping') return null;
  const parsed = amount('').safeParse(value);
  if (!parsed.success || (kind === 'percentage' && Number(parsed.data) > 100)) return undefined;
  return parsed.data;
}
