import { z } from 'zod';

export const shopStatuses = ['installing', 'active', 'uninstalled'] as const;
export type ShopStatus = (typeof shopStatuses)[number];

export interface Shop {
  id: number;
  domain: string; // x.myshopify.com, never changes
  status: ShopStatus;
  name: string | null;
  email: string | null;
  currency: string; // ISO 4217
  timeZone: string; // IANA; decides what a day is
  locale: string;
  country: string | null; // ISO 3166-1 alpha-2
  storefrontUrl: string | null;
  plan: string | null;
  scopes: string[];
  installedAt: Date;
  uninstalledAt: Date | null;
}

/** What Shopify told about the shop. Absent fields were not told. */
export interface ShopFact {
  name?: string | null;
  email?: string | null;
  currency?: string;
  timeZone?: string;
  locale?: string;
  country?: string | null;
  storefrontUrl?: string | null;
  plan?: string | null;
  scopes?: string[]; // whole list
  occurredAt: Date;
}

/** The merchant removed the app at `occurredAt`; may be told late, even after a new install. */
export interface UninstallFact {
  occurredAt: Date;
}

const minuteOfDay = z.number().int().min(0).max(1_439);
const optionalText = (limit: number) =>
  z
    .string()
    .trim()
    .max(limit)
    .transform((text) => text || null)
    .nullable();

const settingsFields = z.object({
  cartDelayMinutes: z
    .number()
    .int()
    .min(10, { error: 'At least 10 minutes: many people are still paying before that.' })
    .max(7 * 24 * 60),
  senderName: optionalText(100),
  senderEmail: z.email({ error: 'Enter an e-mail address.' }).max(320).nullable(),
  replyTo: z.email({ error: 'Enter an e-mail address.' }).max(320).nullable(),
  postalAddress: optionalText(500),
  brandColor: z.string().regex(/^#[0-9a-f]{6}$/i, { error: 'Enter a colour such as #2f6f4e.' }),
  logoUrl: z
    .url({ protocol: /^https$/, error: 'Enter an address that starts with https://.' })
    .max(2_000)
    .nullable(),
  quietHoursStart: minuteOfDay.nullable(), // minutes after local midnight; both or none
  quietHoursEnd: minuteOfDay.nullable(),
  capMessages: z.number().int().min(1).max(50), // marketing mails per person ...
  capWindowHours: z
    .number()
    .int()
    .min(1)
    .max(24 * 31), // ... in this window
  holdoutPercent: z.number().int().min(0).max(50),
  setupDismissedAt: z.date().nullable(),
});

export type ShopSettings = z.infer<typeof settingsFields>;

export const defaultSettings: ShopSettings = {
  cartDelayMinutes: 60,
  senderName: null,
  senderEmail: null,
  replyTo: null,
  postalAddress: null,
  brandColor: '#2f6f4e',
  logoUrl: null,
  quietHoursStart: null,
  quietHoursEnd: null,
  capMessages: 3,
  capWindowHours: 72,
  holdoutPercent: 0,
  setupDismissedAt: null,
};

/** What a merchant may change, one field or several; an unknown field is refused. */
export const settingsChangesSchema = settingsFields
  .partial()
  .strict()
  .refine((changes) => (changes.quietHoursStart == null) === (changes.quietHoursEnd == null), {
    error: 'Quiet hours need a start and an end.',
    path: ['quietHoursEnd'],
  });

export type SettingsChanges = z.input<typeof settingsChangesSchema>;

// In the order their results are taken in: what is bought and who buys before what was bought.
export const backfillKinds = ['products', 'customers', 'orders'] as const;
export type BackfillKind = (typeof backfillKinds)[number];
export type BackfillReason = 'install' | 'reconcile' | 'collections';
export type BackfillStatus = 'requested' | 'running' | 'ingesting' | 'done' | 'failed';

/** An import that is not finished. */
export interface OpenBackfill {
  id: bigint;
  kind: BackfillKind;
  status: 'requested' | 'running' | 'ingesting';
  operationId: string | null; // of Shopify's bulk operation
  resultUrl: string | null;
  since: Date | null; // only what changed after; null for everything
  ingestedLines: number; // of the result: where to go on after a crash
  attempts: number; // starts that came to nothing
  error: string | null;
}
