import type { Told } from './told';
import type { CustomerFact, CustomerMergeFact, CustomerTagsFact, PersonRef } from './types';

// What tellings say about who is who: the identities they mention and the claims they make on them. Pure.

export type IdentityKind = 'shopify' | 'email' | 'phone';

/** How strong the claim on an address or number is. */
export const self = 0; // someone gave it, nobody else claims it: a guest
const byGuest = 1; // a guest (an e-mail address) gave this phone number
const inPassing = 2; // an order or checkout named it together with a Shopify id
const byShopify = 3; // Shopify says it is this customer's; Shopify gives an address to one customer at a time

export interface Identity {
  kind: IdentityKind;
  value: string;
  profileId: bigint | null; // null: not stored yet
  rank: number;
  assertedAt: Date;
  subject: string; // key of the identity it belongs to; '' when it is its own
  mergedInto: string | null; // of a Shopify id
  firstSeenAt: Date | null;
  told: Told;
}

export type Telling =
  | { kind: 'customer'; fact: CustomerFact }
  | { kind: 'person'; person: PersonRef }
  | { kind: 'tags'; fact: CustomerTagsFact }
  | { kind: 'merge'; fact: CustomerMergeFact };

export interface Key {
  kind: IdentityKind;
  value: string;
}

export interface Claim extends Key {
  rank: number;
  at: Date;
  subject: string;
}

export function keyText(key: Key): string {
  return `${key.kind}:${key.value}`;
}

/** The identity a telling is about: the strongest its source gave. Null names nobody. */
export function primaryKey(telling: Telling): Key | null {
  switch (telling.kind) {
    case 'customer':
    case 'tags':
      return shopifyKey(telling.fact.shopifyCustomerId);
    case 'merge':
      return shopifyKey(telling.fact.keptId);
    case 'person': {
      const { shopifyCustomerId, email, phone } = telling.person;
      if (shopifyCustomerId !== null) return shopifyKey(shopifyCustomerId);
      if (email !== null) return { kind: 'email', value: email };
      return phone === null ? null : { kind: 'phone', value: phone };
    }
  }
}

/** Every identity a telling mentions. */
export function keysOf(telling: Telling): Key[] {
  const primary = primaryKey(telling);
  if (!primary) return [];
  if (telling.kind === 'merge') return [primary, shopifyKey(telling.fact.deletedId)];
  return [primary, ...claimsOf(telling)];
}

function shopifyKey(id: bigint): Key {
  return { kind: 'shopify', value: id.toString() };
}

export function claimsOf(telling: Telling): Claim[] {
  if (telling.kind === 'customer' && !telling.fact.deleted) {
    const { email, phone, updatedAt } = telling.fact;
    const subject = keyText(shopifyKey(telling.fact.shopifyCustomerId));
    return claims({ email, phone }, { rank: byShopify, at: updatedAt, subject });
  }
  const primary = primaryKey(telling);
  if (telling.kind !== 'person' || !primary || primary.kind === 'phone') return [];
  const { email, phone, seenAt } = telling.person;
  const subject = keyText(primary);
  if (primary.kind === 'email') return claims({ email: null, phone }, { rank: byGuest, at: seenAt, subject });
  return claims({ email, phone }, { rank: inPassing, at: seenAt, subject });
}

function claims(
  given: { email: string | null; phone: string | null },
  by: { rank: number; at: Date; subject: string },
): Claim[] {
  const made: Claim[] = [];
  if (given.email !== null) made.push({ kind: 'email', value: given.email, ...by });
  if (given.phone !== null) made.push({ kind: 'phone', value: given.phone, ...by });
  return made;
}

/** Shopify's newest word counts; of weaker claims the earliest. Equal ones are told apart by their subject. */
export function beats(claim: Claim, known: Identity): boolean {
  if (claim.rank !== known.rank) return claim.rank > known.rank;
  const difference = claim.at.getTime() - known.assertedAt.getTime();
  if (difference !== 0) return claim.rank === byShopify ? difference > 0 : difference < 0;
  return claim.subject > known.subject;
}

/** The earliest business time a telling gives for the person: never when it arrived. */
export function firstSeen(telling: Telling): Date {
  switch (telling.kind) {
    case 'customer':
      return telling.fact.createdAt ?? telling.fact.updatedAt;
    case 'person':
      return telling.person.seenAt;
    case 'tags':
    case 'merge':
      return telling.fact.occurredAt;
  }
}
