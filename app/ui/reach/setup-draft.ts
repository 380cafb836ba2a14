import { z } from 'zod';
import { computeEarn, type RewardTerms } from '~/modules/loyalty/types';
import { decimal } from '~/platform/money';
import { emptyDraft, findRewardMistakes } from '../rewards/reward-draft';
import { draftSchema } from '../settings/settings-draft';

// What stands in the three steps to a programme, and what it means. The page marks mistakes at once; its action trusts nobody.

/** Kinds that need nothing but a value: enough for a first reward. */
export const firstRewardKinds = ['amount_off', 'percentage', 'free_shipping'] as const;

const text = z.string().catch(''); // what is not text counts as nothing entered
const draftShape = z.object({
  pointsPerUnit: text,
  withReward: z.boolean().catch(false), // false: there are rewards already, or none is wanted yet
  title: text,
  kind: z.enum(firstRewardKinds).catch('amount_off'),
  value: text,
  points: text,
});

export type SetupDraft = z.infer<typeof draftShape>;
export type SetupErrors = Partial<Record<'pointsPerUnit' | 'title' | 'value' | 'points', string>>;
export interface ParsedSetup {
  pointsPerUnit: string;
  reward: RewardTerms | null;
}

/** What the steps begin with. */
export function startSetup(pointsPerUnit: string, hasRewards: boolean): SetupDraft {
  const { title, value, points } = emptyDraft;
  return { pointsPerUnit, withReward: !hasRewards, title, kind: 'amount_off', value, points };
}

/** The first mistake of each field; none when the programme can begin. */
export function findSetupMistakes(draft: unknown): { parsed: ParsedSetup } | { errors: SetupErrors } {
  const input = draftShape.catch(startSetup('', true)).parse(draft);
  const errors: SetupErrors = {};
  const rate = draftSchema.shape.pointsPerUnit.safeParse(input.pointsPerUnit);
  if (!rate.success) errors.pointsPerUnit = rate.error.issues[0]?.message ?? '';
  const { title, kind, value, points } = input;
  const reward = input.withReward ? findRewardMistakes({ ...emptyDraft, title, kind, value, points }) : null;
  if (reward && 'errors' in reward)
    for (const name of ['title', 'value', 'points'] as const) {
      const mistake = reward.errors[name];
      if (mistake !== undefined) errors[name] = mistake;
    }
  const terms = reward && 'terms' in reward ? reward.terms : null;
  if (Object.keys(errors).length > 0 || !rate.success || (reward && !terms)) return { errors };
  return { parsed: { pointsPerUnit: rate.data, reward: terms } };
}

/** What an order of this amount earns by the rate that is being typed; null while it is none. */
export function previewEarn(pointsPerUnit: string, amount: string): number | null {
  const rate = draftSchema.shape.pointsPerUnit.safeParse(pointsPerUnit);
  if (!rate.success) return null;
  return computeEarn(decimal(amount), {
    enabled: true,
    pointsPerUnit: decimal(rate.data),
    rounding: 'down',
  });
}
