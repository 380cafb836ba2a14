import { z } from 'zod';
import { pointsPerUnitPattern, roundings, type EarnRule } from '~/modules/loyalty/types';
import type { SettingsChanges, ShopSettings } from '~/modules/shops/types';
import { amount, optional, withoutHidden } from '../draft-fields';
import { fromGoodsDraft, goodsDraftShape } from '../earning/goods-draft';
import { t } from '../i18n';
import { requireTarget } from '../target-draft';

// What stands in the fields of the settings page, and what it means. Used by the page to mark mistakes at once and by its
// action, which trusts nobody.

const wholeNumber = (from: number, to: number, error: string) =>
  z
    .string()
    .trim()
    .regex(/^\d+$/, { error })
    .transform(Number)
    .refine((number) => number >= from && number <= to, { error });

const orNull = (text: string) => (text === '' ? null : text);
const text = (limit: number) => z.string().trim().max(limit).transform(orNull);
const emailOrNull = z
  .string()
  .trim()
  .refine((value) => value === '' || z.email().max(320).safeParse(value).success, {
    error: t('settings.sender.emailInvalid'),
  })
  .transform(orNull);
const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: t('settings.limits.timeInvalid') })
  .transform((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)));

export const draftSchema = z
  .object({
    enabled: z.boolean(),
    pointsPerUnit: z
      .string()
      .trim()
      .transform((value) => value.replace(',', '.'))
      .pipe(z.string().regex(pointsPerUnitPattern, { error: t('settings.earn.pointsInvalid') })),
    rounding: z.enum(roundings),
    includeTax: z.boolean(),
    includeShipping: z.boolean(),
    includeGiftCards: z.boolean(),
    pendingDays: wholeNumber(0, 365, t('settings.earn.pendingInvalid')),
    minimum: optional(amount(t('settings.earn.minimumInvalid'))),
    earnOnHistoric: z.boolean(),
    ...goodsDraftShape,
    allBut: z.boolean(),
    cartDelayMinutes: wholeNumber(10, 10_080, t('settings.carts.delayInvalid')),
    senderName: text(100),
    senderEmail: emailOrNull,
    replyTo: emailOrNull,
    postalAddress: text(500),
    brandColor: z
      .string()
      .trim()
      .regex(/^#[0-9a-f]{6}$/i, { error: t('settings.sender.colorInvalid') }),
    logoUrl: z
      .string()
      .trim()
      .refine(
        (value) =>
          value === '' ||
          z
            .url({ protocol: /^https$/ })
            .max(2_000)
            .safeParse(value).success,
        {
          error: t('settings.sender.logoInvalid'),
        },
      )
      .transform(orNull),
    quiet: z.boolean(),
    quietHoursStart: timeOfDay,
    quietHoursEnd: timeOfDay,
    capMessages: wholeNumber(1, 50, t('settings.limits.capInvalid')),
    capWindowHours: wholeNumber(1, 744, t('settings.limits.windowInvalid')),
    holdoutPercent: wholeNumber(0, 50, t('settings.limits.holdoutInvalid')),
  })
  .superRefine((draft, context) => requireTarget(draft.scope, draft, context));

export type SettingsDraft = z.input<typeof draftSchema>;
export type ParsedDraft = z.output<typeof draftSchema>;
export type DraftErrors = Partial<Record<keyof SettingsDraft, string>>;

/** Nights most shops would leave alone; what the fields start with when quiet hours are switched on. */
const usualNight = { start: 21 * 60, end: 8 * 60 };

/** What the fields start with. */
export function toDraft(rule: EarnRule, settings: ShopSettings): SettingsDraft {
  return {
    enabled: rule.enabled,
    pointsPerUnit: rule.pointsPerUnit.toString(),
    rounding: rule.rounding,
    includeTax: rule.includeTax,
    includeShipping: rule.includeShipping,
    includeGiftCards: rule.includeGiftCards,
    pendingDays: String(rule.pendingDays),
    minimum: rule.minimum?.toString() ?? '',
    earnOnHistoric: rule.earnOnHistoric,
    scope: rule.scope,
    productIds: rule.productIds.map(String),
    collectionIds: rule.collectionIds.map(String),
    tags: rule.tags.join(', '),
    allBut: rule.allBut,
    cartDelayMinutes: String(settings.cartDelayMinutes),
    senderName: settings.senderName ?? '',
    senderEmail: settings.senderEmail ?? '',
    replyTo: settings.replyTo ?? '',
    postalAddress: settings.postalAddress ?? '',
    brandColor: settings.brandColor,
    logoUrl: settings.logoUrl ?? '',
    quiet: settings.quietHoursStart !== null,
    quietHoursStart: clockTime(settings.quietHoursStart ?? usualNight.start),
    quietHoursEnd: clockTime(settings.quietHoursEnd ?? usualNight.end),
    capMessages: String(settings.capMessages),
    capWindowHours: String(settings.capWindowHours),
    holdoutPercent: String(settings.holdoutPercent),
  };
}

/** The draft as the two modules take it. */
export function fromDraft(draft: ParsedDraft) {
  const {
    enabled,
    pointsPerUnit,
    rounding,
    includeTax,
    includeShipping,
    includeGiftCards,
    pendingDays,
    minimum,
    earnOnHistoric,
    scope,
    productIds,
    collectionIds,
    tags,
    allBut,
    ...rest
  } = draft;
  const { quiet, quietHoursStart, quietHoursEnd, ...settings } = rest;
  const changes: SettingsChanges = {
    ...settings,
    quietHoursStart: quiet ? quietHoursStart : null,
    quietHoursEnd: quiet ? quietHoursEnd : null,
  };
  return {
    rule: {
      enabled,
      pointsPerUnit,
      rounding,
      includeTax,
      includeShipping,
      includeGiftCards,
      pendingDays,
      minimum,
      earnOnHistoric,
      ...fromGoodsDraft({ scope, productIds, collectionIds, tags }),
      allBut,
    },
    settings: changes,
  };
}

/** The first mistake of each field; none when the draft can be saved. */
export function findMistakes(draft: unknown): { parsed: ParsedDraft } | { errors: DraftErrors } {
  const result = draftSchema.safeParse(
    withoutHidden(draft, z.object({ quiet: z.literal(false) }), {
      quietHoursStart: '00:00',
      quietHoursEnd: '00:00',
    }),
  );
  if (result.success) return { parsed: result.data };
  const { fieldErrors } = z.flattenError(result.error);
  return {
    errors: Object.fromEntries(Object.entries(fieldErrors).map(([field, messages]) => [field, messages[0]])),
  };
}

function clockTime(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
