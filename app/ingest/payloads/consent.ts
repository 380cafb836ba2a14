import { z } from 'zod';
import type { ConsentFact } from '~/modules/consent/types';
import type { DeliveryContext } from './context';
import { normaliseEmail, optionalId, optionalMoment, text } from './fields';

const states = ['subscribed', 'unsubscribed', 'pending', 'not_subscribed', 'redacted', 'invalid'] as const;
const levels = ['single_opt_in', 'confirmed_opt_in', 'unknown'] as const;

const lowerCase = z.string().transform((value) => value.toLowerCase());
export const consentState = lowerCase.pipe(z.enum(states));
export const consentLevel = lowerCase
  .nullish()
  .transform((value) => levels.find((level) => level === value) ?? null);

const consentSchema = z.object({
  customer_id: optionalId,
  email_address: text,
  email_marketing_consent: z
    .object({ state: consentState, opt_in_level: consentLevel, consent_updated_at: optionalMoment })
    .nullish(),
});

/** The same change told by a webhook and by an import is one change. */
export function consentKey(
  customerId: bigint | null,
  email: string | null,
  state: string,
  occurredAt: Date,
): string {
  return `shopify:${customerId ?? email ?? ''}:${state}:${occurredAt.toISOString()}`;
}

export function readConsent(payload: unknown, context: DeliveryContext): ConsentFact[] {
  const consent = consentSchema.parse(payload);
  const told = consent.email_marketing_consent;
  const email = normaliseEmail(consent.email_address);
  if (!told || (consent.customer_id === null && email === null)) return [];
  const occurredAt = told.consent_updated_at ?? context.triggeredAt;
  return [
    {
      shopifyCustomerId: consent.customer_id,
      email,
      state: told.state,
      level: told.opt_in_level,
      source: 'shopify',
      occurredAt,
      key: consentKey(consent.customer_id, email, told.state, occurredAt),
    },
  ];
}
