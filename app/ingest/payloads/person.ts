import { z } from 'zod';
import type { PersonRef } from '~/modules/customers/types';
import { type address, identity, normaliseEmail, normalisePhone, ownId, text } from './fields';

/** The customer inside an order or checkout; null for a guest, a sale at the till, a draft. */
export const embeddedCustomer = z
  .object({ ...identity, email: text, phone: text, first_name: text, last_name: text })
  .nullish()
  .transform((value) => value ?? null);

interface PersonSource {
  customer: z.infer<typeof embeddedCustomer>;
  email: string | null;
  phone: string | null;
  locale: string | null;
  addresses: z.infer<typeof address>[];
  seenAt: Date;
}

/** How a payload names its person: by the customer when there is one, by what was typed otherwise; null for nobody. */
export function toPerson(source: PersonSource): PersonRef | null {
  const { customer, locale, seenAt } = source;
  const [place] = source.addresses.filter((entry) => entry !== null);
  const country = place?.country_code?.toUpperCase() ?? null;
  const shopifyCustomerId = customer ? ownId(customer) : null;
  const email = normaliseEmail(customer?.email ?? source.email);
  const phone = normalisePhone(customer?.phone ?? source.phone, country);
  if (shopifyCustomerId === null && email === null && phone === null) return null;
  return {
    shopifyCustomerId,
    email,
    phone,
    firstName: customer?.first_name ?? place?.first_name ?? null,
    lastName: customer?.last_name ?? place?.last_name ?? null,
    locale,
    country,
    seenAt,
  };
}
