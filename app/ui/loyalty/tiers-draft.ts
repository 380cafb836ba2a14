import { z } from 'zod';
import { tierBases, tierSpans, type TierDraft } from '~/modules/loyalty/types';
import { t } from '../i18n';

// What stands in the fields of the tiers page, and what it means. Used by the page to mark mistakes at once and by its
// action, which trusts nobody.

const plainNumber = (text: string) => text.trim().replace(',', '.');
const number = (pattern: RegExp, from: number, to: number, error: string) =>
  z
    .string()
    .transform(plainNumber)
    .refine((text) => pattern.test(text) && Number(text) >= from && Number(text) <= to, { error });

const tierSchema = z.object({
  key: z.string().max(50), // of the row on the page
  id: z.number().int().positive().nullable(),
  name: z
    .string()
    .trim()
    .min(1, { error: t('tiers.invalid.name') })
    .max(50, { error: t('tiers.invalid.name') }),
  threshold: number(/^\d{1,9}(\.\d{1,2})?$/, 0.01, 999_999_999, t('tiers.invalid.threshold')),
  multiplier: number(/^\d{1,3}(\.\d{1,2})?$/, 1, 100, t('tiers.invalid.multiplier')),
  entryPoints: number(/^\d{1,7}$/, 0, 1_000_000, t('tiers.invalid.entryPoints')),
});

const draftSchema = z
  .object({
    enabled: z.boolean(),
    basis: z.enum(tierBases),
    span: z.enum(tierSpans),
    graceDays: number(/^\d{1,3}$/, 0, 365, t('tiers.terms.graceInvalid')),
    tiers: z.array(tierSchema).max(20),
  })
  .superRefine(({ tiers }, context) => {
    tiers.forEach(({ name, threshold }, n) => {
      const before = tiers.slice(0, n);
      const report = (field: string, message: string) =>
        context.addIssue({ code: 'custom', path: ['tiers', n, field], message });
      if (before.some((other) => other.name.toLowerCase() === name.toLowerCase()))
        report('name', t('tiers.invalid.sameName'));
      if (before.some((other) => Number(other.threshold) === Number(threshold)))
        report('threshold', t('tiers.invalid.sameThreshold'));
    });
  });

export type TiersFormDraft = z.input<typeof draftSchema>;
export type TierRowDraft = TiersFormDraft['tiers'][number];
/** By the place of the field: `graceDays`, `tiers.0.name`. */
export type TierErrors = Record<string, string>;

/** The first mistake of each field; none when the draft can be saved. */
export function findTierMistakes(draft: unknown): { parsed: TierDraft } | { errors: TierErrors } {
  const result = draftSchema.safeParse(draft);
  if (!result.success) {
    const errors: TierErrors = {};
    for (const { path, message } of result.error.issues) errors[path.join('.')] ??= message;
    return { errors };
  }
  const { graceDays, tiers, ...rest } = result.data;
  return {
    parsed: {
      ...rest,
      graceDays: Number(graceDays),
      tiers: tiers.map(({ key: _key, entryPoints, ...tier }) => ({
        ...tier,
        entryPoints: Number(entryPoints),
      })),
    },
  };
}

/** Tiers as the loader sends them: decimals as text. */
interface ProgrammeView extends Omit<TierDraft, 'tiers'> {
  tiers: { id: number; name: string; threshold: string; multiplier: string; entryPoints: number }[];
}

/** What the fields start with; a shop without tiers starts with none, switched on. */
export function toTiersDraft(programme: ProgrammeView | null): TiersFormDraft {
  if (!programme)
    return { enabled: true, basis: 'net_spend', span: 'rolling_year', graceDays: '30', tiers: [] };
  const { enabled, basis, span, graceDays, tiers } = programme;
  return {
    enabled,
    basis,
    span,
    graceDays: String(graceDays),
    tiers: tiers.map(({ entryPoints, ...tier }) => ({
      ...tier,
      key: String(tier.id),
      entryPoints: String(entryPoints),
    })),
  };
}

/** A row for a tier that is not there yet. */
export function newTierRow(key: string): TierRowDraft {
  return { key, id: null, name: '', threshold: '', multiplier: '1', entryPoints: '0' };
}
