import { z } from 'zod';
import { decimal } from '~/platform/money';
import { tierBases, tierSpans } from './tier-terms';
import type { TierProgramme } from './types';

/** Tiers as they are handed in: a tier without an id is a new one. Amounts are decimal strings. */
export const tierDraftSchema = z.object({
  enabled: z.boolean(),
  basis: z.enum(tierBases),
  span: z.enum(tierSpans),
  graceDays: z.number().int().min(0).max(365),
  tiers: z
    .array(
      z.object({
        id: z.number().int().positive().nullable(),
        name: z.string().trim().min(1).max(50),
        threshold: z
          .string()
          .regex(/^\d{1,9}(\.\d{1,2})?$/)
          .refine((threshold) => Number(threshold) > 0),
        multiplier: z
          .string()
          .regex(/^\d{1,3}(\.\d{1,2})?$/)
          .refine((multiplier) => Number(multiplier) >= 1 && Number(multiplier) <= 100),
        entryPoints: z.number().int().min(0).max(1_000_000),
      }),
    )
    .max(20)
    .refine((tiers) => isDistinct(tiers.map(({ name }) => name.toLowerCase())), { error: 'names' })
    .refine((tiers) => isDistinct(tiers.map(({ threshold }) => Number(threshold))), { error: 'thresholds' })
    .refine((tiers) => isDistinct(tiers.flatMap(({ id }) => id ?? [])), { error: 'ids' }),
});

export type TierDraft = z.output<typeof tierDraftSchema>;

/** The draft as the next version. New tiers get ids nobody had before; a draft may not bring in ids of its own. */
export function toProgramme(draft: TierDraft, versions: TierProgramme[], now: Date): TierProgramme {
  const used = new Set(versions.flatMap(({ tiers }) => tiers.map(({ id }) => id)));
  let next = Math.max(0, ...used);
  const last = versions.at(-1);
  return {
    version: (last?.version ?? 0) + 1,
    enabled: draft.enabled,
    basis: draft.basis,
    span: draft.span,
    graceDays: draft.graceDays,
    effectiveFrom: last && last.effectiveFrom > now ? last.effectiveFrom : now, // never before the version it follows
    tiers: draft.tiers.map(({ id, name, threshold, multiplier, entryPoints }) => ({
      id: id !== null && used.has(id) ? id : (next += 1),
      name,
      threshold: decimal(threshold),
      multiplier: decimal(multiplier),
      entryPoints,
    })),
  };
}

/** Whether two versions say the same. */
export function sameTerms(a: TierProgramme | undefined, b: TierProgramme): boolean {
  return a !== undefined && terms(a) === terms(b);
}

function terms({ enabled, basis, span, graceDays, tiers }: TierProgramme): string {
  const lines = tiers.map(({ id, name, threshold, multiplier, entryPoints }) =>
    [id, name, threshold.toString(), multiplier.toString(), entryPoints].join('|'),
  );
  return JSON.stringify([enabled, basis, span, graceDays, lines.sort()]);
}

function isDistinct(values: (string | number)[]): boolean {
  return new Set(values).size === values.length;
}
