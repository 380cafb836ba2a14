import { z } from 'zod';
import type { CampaignDraft } from '~/modules/loyalty/types';
import { amount, optional, wholeNumber } from '../draft-fields';
import { t } from '../i18n';
import { requireTarget } from '../target-draft';
import { fromGoodsDraft, goodsDraftShape } from './goods-draft';

// What stands in the fields of a campaign, and what it means. Used by the page to mark mistakes at once and by its action,
// which trusts nobody.

const title = t('campaigns.form.titleInvalid');
const day = optional(z.iso.date({ error: t('earning.form.dayInvalid') }));

const draftShape = z
  .object({
    title: z.string().trim().min(1, { error: title }).max(100, { error: title }),
    enabled: z.boolean(),
    factor: z
      .string()
      .trim()
      .transform((value) => value.replace(',', '.'))
      .pipe(
        z
          .string()
          .regex(/^(100(\.0{1,2})?|\d{1,2}(\.\d{1,2})?)$/, { error: t('campaigns.form.factorInvalid') }),
      ),
    ...goodsDraftShape,
    startsOn: day,
    endsOn: day,
    minimum: optional(amount(t('earning.form.amountInvalid'))),
    maxExtra: optional(wholeNumber(1, 1_000_000, t('earning.form.pointsInvalid'))),
  })
  .refine(({ startsOn, endsOn }) => !startsOn || !endsOn || startsOn <= endsOn, {
    path: ['endsOn'],
    error: t('earning.form.daysSwapped'),
  })
  .superRefine((draft, context) => requireTarget(draft.scope, draft, context));

export type CampaignFormDraft = z.input<typeof draftShape>;
export type CampaignErrors = Partial<Record<keyof CampaignFormDraft, string>>;

/** The first mistake of each field; none when the draft can be saved. */
export function findCampaignMistakes(draft: unknown): { parsed: CampaignDraft } | { errors: CampaignErrors } {
  const result = draftShape.safeParse(draft);
  if (!result.success) {
    const { fieldErrors } = z.flattenError(result.error);
    const errors: CampaignErrors = Object.fromEntries(
      Object.entries(fieldErrors).map(([field, messages]) => [field, messages[0]]),
    );
    return { errors };
  }
  return { parsed: { ...result.data, ...fromGoodsDraft(result.data) } };
}

/** A campaign as the loader sends it. */
export interface CampaignView extends Omit<CampaignDraft, 'productIds' | 'collectionIds'> {
  id: number;
  productIds: string[];
  collectionIds: string[];
}

/** What the fields start with. */
export function toCampaignDraft(saved: CampaignView | null): CampaignFormDraft {
  const text = (value: string | number | null | undefined): string => (value == null ? '' : String(value));
  return {
    title: text(saved?.title),
    enabled: saved?.enabled ?? true,
    factor: saved?.factor ?? '2',
    scope: saved?.scope ?? 'all',
    productIds: saved?.productIds ?? [],
    collectionIds: saved?.collectionIds ?? [],
    tags: saved?.tags.join(', ') ?? '',
    startsOn: text(saved?.startsOn),
    endsOn: text(saved?.endsOn),
    minimum: text(saved?.minimum),
    maxExtra: text(saved?.maxExtra),
  };
}
