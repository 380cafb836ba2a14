import { nanoid } from 'nanoid';
import { z } from 'zod';
import {
  rateTargets,
  ruleKinds,
  ruleScopes,
  type CommissionRule,
  type RuleTerms,
} from '~/modules/affiliates/types';
import { wholeNumber } from '../draft-fields';
import { t } from '../i18n';
import { requireTarget, splitTags, targetShape } from '../target-draft';

// What stands in the fields of a group's form, and what it means. Used by the page to mark mistakes at once and by its action,
// which trusts nobody.

const value = z
  .string()
  .trim()
  .transform((text) => text.replace(',', '.'))
  .pipe(z.string().regex(/^\d{1,9}(\.\d{1,2})?$/, { error: t('affiliates.group.valueInvalid') }));

const possible = { path: ['value'], error: t('affiliates.group.valueInvalid') };

function isPossible({ kind, value: text }: { kind: string; value: string }): boolean {
  return kind === 'flat' || Number(text) <= 100;
}

const rateShape = z
  .object({
    key: z.string(), // of its row on the page
    on: z.enum(rateTargets),
    ...targetShape,
    kind: z.enum(ruleKinds),
    value,
  })
  .refine(isPossible, possible)
  .superRefine((draft, context) => requireTarget(draft.on, draft, context))
  .transform(({ key: _key, on, productIds, collectionIds, tags, ...rest }) => ({
    ...rest,
    on,
    targets: { products: productIds, collections: collectionIds, tags: splitTags(tags.toLowerCase()) }[on],
  }));

/** Of one group. */
export const mostRates = 20;

const draftShape = z
  .object({
    name: z
      .string()
      .trim()
      .min(1, { error: t('affiliates.group.nameMissing') })
      .max(100, { error: t('affiliates.group.nameMissing') }),
    kind: z.enum(ruleKinds),
    value,
    scope: z.enum(ruleScopes),
    newCustomersOnly: z.boolean(),
    holdDays: wholeNumber(0, 365, t('affiliates.group.holdInvalid')),
    windowDays: wholeNumber(1, 365, t('affiliates.group.windowInvalid')),
    rates: z.array(rateShape).max(mostRates),
  })
  .refine(isPossible, possible);

export type GroupDraft = z.input<typeof draftShape>;
export type RateDraft = GroupDraft['rates'][number];
/** By the name of the field; a field of a rate is `rates.0.value`. */
export type GroupErrors = Record<string, string>;

export const emptyGroup: GroupDraft = {
  name: '',
  kind: 'percent',
  value: '10',
  scope: 'every_order',
  newCustomersOnly: false,
  holdDays: '30',
  windowDays: '30',
  rates: [],
};

export function newRate(): RateDraft {
  const targets = { productIds: [], collectionIds: [], tags: '' };
  return { key: nanoid(), on: 'products', ...targets, kind: 'percent', value: '' };
}

/** What the fields of a group there is start with. */
export function toGroupDraft(name: string, rule: CommissionRule): GroupDraft {
  const { kind, scope, newCustomersOnly, holdDays, windowDays, rates } = rule;
  return {
    ...{ name, kind, scope, newCustomersOnly },
    value: rule.value.toString(),
    holdDays: String(holdDays),
    windowDays: String(windowDays),
    rates: rates.map(({ on, targets, ...rate }, index) => ({
      key: String(index),
      on,
      kind: rate.kind,
      value: rate.value.toString(),
      productIds: on === 'products' ? targets : [],
      collectionIds: on === 'collections' ? targets : [],
      tags: on === 'tags' ? targets.join(', ') : '',
    })),
  };
}

/** The first mistake of each field; none when the draft can be saved. */
export function findGroupMistakes(
  draft: unknown,
): { name: string; terms: RuleTerms } | { errors: GroupErrors } {
  const result = draftShape.safeParse(draft);
  if (result.success) {
    const { name, ...terms } = result.data;
    return { name, terms };
  }
  const issues = result.error.issues.toReversed();
  return { errors: Object.fromEntries(issues.map(({ path, message }) => [path.join('.'), message])) };
}
