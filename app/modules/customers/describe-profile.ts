import type { Identity } from './identity-claims';
import { currentTags, currentValue } from './told';

/** A profile as its identities describe it. Dates are ISO texts. */
export interface ProfileDescription {
  shopifyCustomerId: string | null;
  email: string | null;
  phone: string | null;
  firstName: string | null;
  lastName: string | null;
  locale: string | null;
  country: string | null;
  city: string | null;
  tags: string[];
  shopifyCreatedAt: string | null;
  shopifyUpdatedAt: string | null;
  firstSeenAt: string | null;
  deletedAt: string | null;
}

/**
 * What is known of a person, from all identities that are theirs. Facts about a Shopify id that was merged into another
 * one are not looked at: the survivor's own count. An address Shopify gave to somebody else since is not shown.
 */
export function describeProfile(identities: Identity[]): ProfileDescription {
  const canonical = identities.find(({ kind, mergedInto }) => kind === 'shopify' && mergedInto === null);
  const current = identities.filter(({ mergedInto }) => mergedInto === null);
  const all = current.map(({ told }) => told);
  const told = canonical?.told;
  const firstSeen = identities.flatMap(({ firstSeenAt }) => firstSeenAt?.toISOString() ?? []).sort();
  return {
    shopifyCustomerId: canonical?.value ?? null,
    email: emailOf(canonical, identities),
    phone: told?.fact?.phone ? told.fact.phone[1] : latest(identities, 'phone'),
    firstName: currentValue('firstName', told, all),
    lastName: currentValue('lastName', told, all),
    locale: currentValue('locale', told, all),
    country: currentValue('country', told, all),
    city: told?.fact?.city?.[1] ?? null,
    tags: told ? currentTags(told) : [],
    shopifyCreatedAt: told?.createdAt ?? null,
    shopifyUpdatedAt: told?.updatedAt ?? null,
    firstSeenAt: firstSeen[0] ?? null,
    deletedAt: told?.deletedAt ?? null,
  };
}

function emailOf(canonical: Identity | undefined, identities: Identity[]): string | null {
  const fact = canonical?.told.fact?.email;
  if (!fact) return latest(identities, 'email');
  const isTheirs = identities.some(({ kind, value }) => kind === 'email' && value === fact[1]);
  return isTheirs ? fact[1] : null;
}

/** The address or number given last, by its first mention; of two given at once the greater text. */
function latest(identities: Identity[], kind: Identity['kind']): string | null {
  const given = identities
    .filter((identity) => identity.kind === kind)
    .map(({ assertedAt, value }) => ({ at: assertedAt.toISOString(), value }))
    .sort((a, b) => (a.at === b.at ? (a.value < b.value ? -1 : 1) : a.at < b.at ? -1 : 1));
  return given.at(-1)?.value ?? null;
}
