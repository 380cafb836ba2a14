import { z } from 'zod';
import type { TierBenefit } from '~/modules/loyalty/types';
import { wholeNumber } from '../draft-fields';
import { t } from '../i18n';

// What stands in the fields of tiers' benefits, and what it means; for the page and for its action.

const rowSchema = z.object({
  tierId: z.number().int().positive(),
  birthdayPoints: wholeNumber(0, 1_000_000, t('tiers.benefits.birthdayInvalid')),
  giftRewardId: z.string().regex(/^\d{0,18}$/), // empty: none
});

export type BenefitDraft = z.input<typeof rowSchema>;
/** What the page's action answers; mistakes by tier. */
export type BenefitsResult = { saved: true } | { errors: Record<string, string> } | { refused: string };

/** The benefits, or the mistake of each tier. Throws for what no form sends. */
export function readBenefits(
  draft: unknown,
): { benefits: TierBenefit[] } | { errors: Record<string, string> } {
  const rows = z
    .array(rowSchema.extend({ birthdayPoints: z.string() }))
    .max(20)
    .parse(draft);
  const read = rows.map((row) => ({ row, parsed: rowSchema.safeParse(row) }));
  const wrong = read.flatMap(({ row, parsed }) => (parsed.success ? [] : row.tierId));
  if (wrong.length > 0)
    return { errors: Object.fromEntries(wrong.map((id) => [id, t('tiers.benefits.birthdayInvalid')])) };
  return {
    benefits: read.flatMap(({ parsed }) =>
      parsed.success
        ? [
            {
              ...parsed.data,
              giftRewardId: parsed.data.giftRewardId === '' ? null : BigInt(parsed.data.giftRewardId),
            },
          ]
        : [],
    ),
  };
}
