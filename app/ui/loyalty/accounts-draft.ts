import { z } from 'zod';
import { expiryModes } from '~/modules/loyalty/types';
import { withoutHidden } from '../draft-fields';
import { t } from '../i18n';

// What stands in the fields of the accounts page, and what it means. The page marks mistakes at once; its action trusts nobody.

const daysError = { error: t('loyalty.accounts.daysInvalid') };

const draftSchema = z.object({
  pointValue: z
    .string()
    .trim()
    .transform((value) => value.replace(',', '.'))
    .pipe(
      z.string().regex(/^(|(?=.*[1-9])\d{1,6}(\.\d{1,4})?)$/, { error: t('loyalty.accounts.valueInvalid') }),
    )
    .transform((value) => (value === '' ? null : value)),
  mode: z.enum(expiryModes),
  days: z
    .string()
    .trim()
    .regex(/^\d{1,4}$/, daysError)
    .transform(Number)
    .refine((days) => days >= 1 && days <= 3_650, daysError),
});

export type AccountsDraft = z.input<typeof draftSchema>;
export type AccountsErrors = Partial<Record<keyof AccountsDraft, string>>;
export type AccountsResult = { saved: true } | { errors: AccountsErrors };

/** The first mistake of each field; none when the draft can be saved. */
export function findAccountsMistakes(
  draft: unknown,
): { parsed: z.output<typeof draftSchema> } | { errors: AccountsErrors } {
  const result = draftSchema.safeParse(
    withoutHidden(draft, z.object({ mode: z.literal('never') }), { days: '365' }),
  );
  if (result.success) return { parsed: result.data };
  const { fieldErrors } = z.flattenError(result.error);
  return {
    errors: Object.fromEntries(Object.entries(fieldErrors).map(([field, messages]) => [field, messages[0]])),
  };
}
