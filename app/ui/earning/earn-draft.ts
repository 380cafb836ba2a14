import { z } from 'zod';
import { capPeriods, earnTriggers, type EarnActionDraft, type EarnTrigger } from '~/modules/loyalty/types';
import { amount, optional, wholeNumber } from '../draft-fields';
import { t } from '../i18n';

// What stands in the fields of a way to earn, and what it means. Used by the page to mark mistakes at once and by its action,
// which trusts nobody.

const title = t('earning.form.titleInvalid');
const day = optional(z.iso.date({ error: t('earning.form.dayInvalid') }));

const draftShape = z
  .object({
    trigger: z.enum(earnTriggers),
    event: z.string().trim(),
    title: z.string().trim().min(1, { error: title }).max(100, { error: title }),
    enabled: z.boolean(),
    points: wholeNumber(1, 1_000_000, t('earning.form.pointsInvalid')),
    pendingDays: wholeNumber(0, 365, t('earning.form.pendingInvalid')),
    startsOn: day,
    endsOn: day,
    capTimes: optional(wholeNumber(1, 1_000, t('earning.form.timesInvalid'))),
    capPeriod: z.enum(capPeriods),
    minimum: optional(amount(t('earning.form.amountInvalid'))),
    url: optional(
      z
        .string()
        .trim()
        .pipe(z.url({ protocol: /^https$/, error: t('earning.form.urlInvalid') }).max(500)),
    ),
  })
  .refine(({ startsOn, endsOn }) => !startsOn || !endsOn || startsOn <= endsOn, {
    path: ['endsOn'],
    error: t('earning.form.daysSwapped'),
  })
  .refine(({ trigger, event }) => trigger !== 'custom' || /^[a-z0-9][a-z0-9_-]{0,49}$/.test(event), {
    path: ['event'],
    error: t('earning.form.eventInvalid'),
    when: () => true,
  });

export type EarnFormDraft = z.input<typeof draftShape>;
export type EarnErrors = Partial<Record<keyof EarnFormDraft, string>>;

/** The first mistake of each field; none when the draft can be saved. */
export function findEarnMistakes(draft: unknown): { parsed: EarnActionDraft } | { errors: EarnErrors } {
  const result = draftShape.safeParse(draft);
  if (result.success) {
    const { event, url, ...rest } = result.data;
    const { trigger } = rest;
    return {
      parsed: {
        ...rest,
        event: trigger === 'custom' ? event : null,
        url: trigger === 'social_visit' ? url : null,
      },
    };
  }
  const { fieldErrors } = z.flattenError(result.error);
  return {
    errors: Object.fromEntries(Object.entries(fieldErrors).map(([field, messages]) => [field, messages[0]])),
  };
}

/** A way to earn as the loader sends it. */
export type EarnView = EarnActionDraft & { code: string };

/** What the fields start with. */
export function toEarnDraft(trigger: EarnTrigger, saved: EarnView | null): EarnFormDraft {
  const text = (value: string | number | null | undefined): string => (value == null ? '' : String(value));
  return {
    trigger,
    event: text(saved?.event),
    title: text(saved?.title),
    enabled: saved?.enabled ?? true,
    points: text(saved?.points),
    pendingDays: text(saved?.pendingDays ?? 0),
    startsOn: text(saved?.startsOn),
    endsOn: text(saved?.endsOn),
    capTimes: saved ? text(saved.capTimes) : '1',
    capPeriod: saved?.capPeriod ?? 'ever',
    minimum: text(saved?.minimum),
    url: text(saved?.url),
  };
}
