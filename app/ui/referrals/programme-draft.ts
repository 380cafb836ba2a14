import { z } from 'zod';
import { offerKinds, type ProgrammeTerms } from '~/modules/referrals/types';
import { amount, firstErrors, optional, wholeNumber } from '../draft-fields';
import { t } from '../i18n';
import type { DraftErrors } from '../use-draft';

// What stands in the fields of the referral settings, and what it means. The page marks mistakes at once; its action trusts
// nobody.

const draftShape = z
  .object({
    enabled: z.boolean(),
    offerKind: z.enum(offerKinds),
    offerValue: amount(t('referrals.settings.amountInvalid')),
    minimumOrder: optional(amount(t('referrals.settings.amountInvalid'))),
    offerDays: optional(wholeNumber(1, 3_650, t('referrals.settings.daysInvalid'))),
    rewardPoints: wholeNumber(1, 1_000_000, t('referrals.settings.pointsInvalid')),
    holdDays: wholeNumber(0, 365, t('referrals.settings.holdInvalid')),
    firstOrderOnly: z.boolean(),
    approveClean: z.boolean(),
    clawBack: z.boolean(),
  })
  .refine(({ offerKind, offerValue }) => offerKind !== 'percentage' || Number(offerValue) <= 100, {
    path: ['offerValue'],
    error: t('referrals.settings.percentInvalid'),
  });

export type ProgrammeDraft = z.input<typeof draftShape>;

export function toProgrammeDraft(terms: ProgrammeTerms): ProgrammeDraft {
  const text = (value: string | number | null): string => (value === null ? '' : String(value));
  const { enabled, offerKind, firstOrderOnly, approveClean, clawBack } = terms;
  return {
    enabled,
    offerKind,
    offerValue: text(terms.offerValue),
    minimumOrder: text(terms.minimumOrder),
    offerDays: text(terms.offerDays),
    rewardPoints: text(terms.rewardPoints),
    holdDays: text(terms.holdDays),
    firstOrderOnly,
    approveClean,
    clawBack,
  };
}

/** The first mistake of each field; none when the draft can be saved. */
export function findProgrammeMistakes(
  draft: unknown,
): { terms: ProgrammeTerms } | { errors: DraftErrors<ProgrammeDraft> } {
  const result = draftShape.safeParse(draft);
  return result.success ? { terms: result.data } : { errors: firstErrors(result.error) };
}
