import { z } from 'zod';
import { ruleKinds, ruleScopes, type RuleTerms } from '~/modules/affiliates/types';
import { t } from '../i18n';

// What stands in the fields of a group's form, and what it means. Used by the page to mark mistakes at once and by its action,
// which trusts nobody.

const wholeNumber = (from: number, to: number, error: string) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,4}$/, { error })
    .transform(Number)
    .refine((number) => number >= from && number <= to, { error });

const draftShape = z
  .object({
    name: z
      .string()
      .trim()
      .min(1, { error: t('affiliates.group.nameMissing') })
      .max(100, { error: t('affiliates.group.nameMissing') }),
    kind: z.enum(ruleKinds),
    value: z
      .string()
      .trim()
      .transform((value) => value.replace(',', '.'))
      .pipe(z.string().regex(/^\d{1,9}(\.\d{1,2})?$/, { error: t('affiliates.group.valueInvalid') })),
    scope: z.enum(ruleScopes),
    newCustomersOnly: z.boolean(),
    holdDays: wholeNumber(0, 365, t('affiliates.group.holdInvalid')),
    windowDays: wholeNumber(1, 365, t('affiliates.group.windowInvalid')),
  })
  .refine(({ kind, value }) => kind === 'flat' || Number(value) <= 100, {
    path: ['value'],
    error: t('affiliates.group.valueInvalid'),
  });

export type GroupDraft = z.input<typeof draftShape>;
export type GroupErrors = Partial<Record<keyof GroupDraft, string>>;

export const emptyGroup: GroupDraft = {
  name: '',
  kind: 'percent',
  value: '10',
  scope: 'every_order',
  newCustomersOnly: false,
  holdDays: '30',
  windowDays: '30',
};

/** The first mistake of each field; none when the draft can be saved. */
export function findGroupMistakes(
  draft: unknown,
): { name: string; terms: RuleTerms } | { errors: GroupErrors } {
  const result = draftShape.safeParse(draft);
  if (result.success) {
    const { name, ...terms } = result.data;
    return { name, terms };
  }
  const { fieldErrors } = z.flattenError(result.error);
  return {
    errors: Object.fromEntries(Object.entries(fieldErrors).map(([field, messages]) => [field, messages[0]])),
  };
}
