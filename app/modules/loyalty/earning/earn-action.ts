import { z } from 'zod';
import type { Decimal } from '~/platform/money';

export const earnTriggers = [
  'account_created',
  'newsletter',
  'birthday',
  'order_anniversary',
  'review',
  'social_visit',
  'custom',
] as const;
export type EarnTrigger = (typeof earnTriggers)[number];

export const capPeriods = ['ever', 'year', 'month', 'day'] as const;
export type CapPeriod = (typeof capPeriods)[number];

/** These have a cap of their own that nobody may lift: toggling, or telling another day, earns nothing. */
export const fixedCaps: Partial<Record<EarnTrigger, { capTimes: number; capPeriod: CapPeriod }>> = {
  account_created: { capTimes: 1, capPeriod: 'ever' },
  newsletter: { capTimes: 1, capPeriod: 'ever' },
  birthday: { capTimes: 1, capPeriod: 'year' },
  order_anniversary: { capTimes: 1, capPeriod: 'year' },
};

const amount = z.string().regex(/^\d{1,12}(\.\d{1,4})?$/);

/** What a merchant says about a way to earn. */
export const earnActionSchema = z
  .object({
    trigger: z.enum(earnTriggers),
    event: z
      .string()
      .regex(/^[a-z0-9][a-z0-9_-]{0,49}$/)
      .nullable(), // of a custom one: the name the API calls it by
    title: z.string().trim().min(1).max(100),
    points: z.number().int().min(1).max(1_000_000),
    enabled: z.boolean(),
    startsOn: z.iso.date().nullable(), // first and last day, of the shop's time zone
    endsOn: z.iso.date().nullable(),
    capTimes: z.number().int().min(1).max(1_000).nullable(), // null: as often as it happens
    capPeriod: z.enum(capPeriods),
    pendingDays: z.number().int().min(0).max(365),
    minimum: amount.nullable(), // amount an event has to tell, shop currency
    url: z
      .url({ protocol: /^https$/ })
      .max(500)
      .nullable(), // of a social visit: where our link leads; null: others tell
  })
  .refine(({ trigger, event }) => (trigger === 'custom') === (event !== null))
  .refine(({ trigger, url }) => trigger === 'social_visit' || url === null)
  .refine(({ startsOn, endsOn }) => !startsOn || !endsOn || startsOn <= endsOn);

export type EarnActionDraft = z.input<typeof earnActionSchema>;

/** A version of a way to earn. */
export interface EarnAction {
  code: string; // the trigger, or custom:<event>
  version: number;
  trigger: EarnTrigger;
  title: string;
  points: number;
  enabled: boolean;
  startsOn: string | null; // YYYY-MM-DD, first and last day, of the shop's time zone
  endsOn: string | null;
  capTimes: number | null;
  capPeriod: CapPeriod;
  pendingDays: number;
  minimum: Decimal | null;
  url: string | null;
  effectiveFrom: Date;
}

/** Something that happened and may give points. */
export interface EarnHappening {
  profileId: bigint;
  code: string;
  key: string; // natural key of the happening, unique within its code
  occurredAt: Date;
  amount?: string; // shop currency
}

export function codeOf({ trigger, event }: Pick<EarnActionDraft, 'trigger' | 'event'>): string {
  return trigger === 'custom' ? `custom:${event}` : trigger;
}
