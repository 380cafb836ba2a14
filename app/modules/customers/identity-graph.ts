import { earlier, tellFact, tellHint, tellTags, type Told } from './told';
import type { CustomerFact, CustomerMergeFact, CustomerTagsFact, PersonRef } from './types';

// Who is who, decided from everything told so far. Pure. The result depends on the set of facts only, never on their
// order: every decision keeps the greatest of the claims seen (see `beats`), and greatest-of has no order.

export type IdentityKind = 'shopify' | 'email' | 'phone';

/** How strong the claim on an address or number is. */
const self = 0; // someone gave it, nobody else claims it: a guest
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

interface Claim extends Key {
  rank: number;
  at: Date;
  subject: string;
}

export function keyText(key: Key): string {
  return `${key.kind}:${key.value}`;
}

/** The identity a telling is about: the strongest its source gave. Null names nobody. */
function primaryKey(telling: Telling): Key | null {
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

function claimsOf(telling: Telling): Claim[] {
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
function beats(claim: Claim, known: Identity): boolean {
  if (claim.rank !== known.rank) return claim.rank > known.rank;
  const difference = claim.at.getTime() - known.assertedAt.getTime();
  if (difference !== 0) return claim.rank === byShopify ? difference > 0 : difference < 0;
  return claim.subject > known.subject;
}

export interface MergePlan {
  fromProfileId: bigint;
  intoProfileId: bigint;
}

export interface IdentityPlan {
  /** Rows to store; `owner` is an index into `newProfiles` or an existing profile. */
  changed: { identity: Identity; owner: Owner }[];
  newProfiles: number;
  merges: MergePlan[];
  moves: { kind: 'email' | 'phone'; value: string; fromProfileId: bigint; into: Owner }[];
  /** Whose each telling was, in the order of the tellings. */
  owners: (Owner | null)[];
}

export type Owner = { existing: bigint } | { created: number };

/**
 * Works the tellings into what is known of the identities they mention (all of which must be in `known` if stored).
 * `forgotten` are keys of erased people: tellings about them name nobody.
 */
export function planIdentities(
  known: Identity[],
  tellings: Telling[],
  forgotten: ReadonlySet<string> = new Set(),
): IdentityPlan {
  const graph = new IdentityGraph(known);
  const told = tellings.map((telling) => {
    const key = primaryKey(telling);
    const isForgotten =
      key !== null && keysToCheck(telling, key).some((each) => forgotten.has(keyText(each)));
    if (!key || isForgotten) return null;
    graph.tell(telling, key);
    return key;
  });
  return graph.plan(told);
}

/** Who must not be revived: the one named, and both sides of a merge. */
function keysToCheck(telling: Telling, primary: Key): Key[] {
  return telling.kind === 'merge' ? keysOf(telling) : [primary];
}

interface Node {
  identity: Identity;
  before: { rank: number; subject: string; owner: number } | null;
  owner: number | null; // index into `owners`
  changed: boolean;
}

class IdentityGraph {
  private readonly nodes = new Map<string, Node>();
  private readonly owners: { parent: number; profileId: bigint | null }[] = [];
  private readonly ownerOfProfile = new Map<bigint, number>();
  private readonly merges: MergePlan[] = [];

  constructor(known: Identity[]) {
    for (const identity of known) {
      const owner = identity.profileId === null ? null : this.ownerOf(identity.profileId);
      const before = owner === null ? null : { rank: identity.rank, subject: identity.subject, owner };
      this.nodes.set(keyText(identity), { identity: { ...identity }, before, owner, changed: false });
    }
  }

  tell(telling: Telling, primary: Key): void {
    const node = this.node(primary, firstSeen(telling));
    this.see(node, firstSeen(telling));
    if (telling.kind === 'customer') this.note(node, tellFact(node.identity.told, telling.fact));
    if (telling.kind === 'person') this.note(node, tellHint(node.identity.told, telling.person));
    if (telling.kind === 'tags') this.note(node, tellTags(node.identity.told, telling.fact));
    if (telling.kind === 'merge') this.merge(node, telling.fact);
    for (const claim of claimsOf(telling)) this.claim(claim);
  }

  private node(key: Key, at: Date): Node {
    const found = this.nodes.get(keyText(key));
    if (found) return found;
    const identity: Identity = {
      kind: key.kind,
      value: key.value,
      profileId: null,
      rank: self,
      assertedAt: at,
      subject: '',
      mergedInto: null,
      firstSeenAt: null,
      told: {},
    };
    const node: Node = { identity, before: null, owner: null, changed: true };
    this.nodes.set(keyText(key), node);
    return node;
  }

  private see(node: Node, at: Date): void {
    const { identity } = node;
    const first = earlier(identity.firstSeenAt?.toISOString(), at.toISOString());
    if (first !== identity.firstSeenAt?.toISOString()) {
      identity.firstSeenAt = new Date(first);
      node.changed = true;
    }
    if (identity.rank === self && at < identity.assertedAt) identity.assertedAt = at;
  }

  private note(node: Node, told: Told): void {
    if (told === node.identity.told) return; // telling nothing new gives the same object
    node.identity.told = told;
    node.changed = true;
  }

  private merge(kept: Node, fact: CustomerMergeFact): void {
    const deleted = this.node({ kind: 'shopify', value: fact.deletedId.toString() }, fact.occurredAt);
    this.see(deleted, fact.occurredAt);
    if (deleted.identity.mergedInto !== null || this.leadsTo(kept, deleted)) return;
    deleted.identity.mergedInto = kept.identity.value;
    deleted.changed = true;
  }

  private leadsTo(node: Node, target: Node): boolean {
    for (let at: Node | undefined = node; at; at = this.next(at)) if (at === target) return true;
    return false;
  }

  private next(node: Node): Node | undefined {
    const { mergedInto } = node.identity;
    return mergedInto === null ? undefined : this.nodes.get(keyText({ kind: 'shopify', value: mergedInto }));
  }

  private claim(claim: Claim): void {
    const node = this.node(claim, claim.at);
    if (!beats(claim, node.identity)) return;
    node.identity.rank = claim.rank;
    node.identity.assertedAt = claim.at;
    node.identity.subject = claim.subject;
    node.changed = true;
  }

  /** Gives every identity its owner: Shopify ids first, then the addresses that belong to them, then numbers. */
  plan(told: (Key | null)[]): IdentityPlan {
    for (const kind of ['shopify', 'email', 'phone'] as const) {
      for (const node of this.nodes.values()) if (node.identity.kind === kind) this.settle(node);
    }
    const created = new Map<number, number>();
    const ownerRef = (index: number): Owner => {
      const root = this.find(index);
      const { profileId } = this.entry(root);
      if (profileId !== null) return { existing: profileId };
      if (!created.has(root)) created.set(root, created.size);
      return { created: created.get(root) ?? 0 };
    };
    const changed: IdentityPlan['changed'] = [];
    const moves: IdentityPlan['moves'] = [];
    for (const node of this.nodes.values()) {
      if (node.owner === null) continue;
      const { before, identity } = node;
      const { kind, value } = identity;
      const hasMoved = before !== null && this.find(before.owner) !== this.find(node.owner);
      if (node.changed || hasMoved) changed.push({ identity, owner: ownerRef(node.owner) });
      const from = before && this.entry(this.find(before.owner)).profileId;
      if (hasMoved && from != null && kind !== 'shopify') {
        moves.push({ kind, value, fromProfileId: from, into: ownerRef(node.owner) });
      }
    }
    const owners = told.map((key) => {
      const owner = key && this.nodes.get(keyText(key))?.owner;
      return owner == null ? null : ownerRef(owner);
    });
    return { changed, newProfiles: created.size, merges: this.finalMerges(), moves, owners };
  }

  private settle(node: Node): number {
    const target = this.belongsTo(node);
    const owner = target ? this.settle(target) : (node.owner ?? this.newOwner());
    // A person of their own until now, who turns out to be somebody: everything of theirs goes along.
    const wasOwnPerson = node.identity.kind === 'shopify' || node.before?.rank === self;
    if (target && node.before && wasOwnPerson) this.unite(node.before.owner, owner);
    node.owner = owner;
    return owner;
  }

  /** The identity this one belongs to, as far as it is part of this batch; otherwise its stored owner is right. */
  private belongsTo(node: Node): Node | undefined {
    if (node.identity.kind === 'shopify') return this.next(node);
    return node.identity.rank === self ? undefined : this.nodes.get(node.identity.subject);
  }

  private unite(from: number, into: number): void {
    const a = this.find(from);
    const b = this.find(into);
    if (a === b) return;
    const loser = this.entry(a);
    const winner = this.entry(b);
    if (winner.profileId === null) {
      winner.parent = a; // a profile that exists is claimed by a person who has none yet
      return;
    }
    loser.parent = b;
    if (loser.profileId !== null) {
      this.merges.push({ fromProfileId: loser.profileId, intoProfileId: winner.profileId });
    }
  }

  private finalMerges(): MergePlan[] {
    return this.merges.map(({ fromProfileId }) => {
      const root = this.entry(this.find(this.ownerOf(fromProfileId))).profileId;
      return { fromProfileId, intoProfileId: root ?? fromProfileId };
    });
  }

  private ownerOf(profileId: bigint): number {
    const known = this.ownerOfProfile.get(profileId);
    if (known !== undefined) return known;
    const index = this.newOwner(profileId);
    this.ownerOfProfile.set(profileId, index);
    return index;
  }

  private newOwner(profileId: bigint | null = null): number {
    const index = this.owners.length;
    this.owners.push({ parent: index, profileId });
    return index;
  }

  private entry(index: number): { parent: number; profileId: bigint | null } {
    const entry = this.owners[index];
    if (!entry) throw new Error(`no owner ${index}`);
    return entry;
  }

  private find(index: number): number {
    const { parent } = this.entry(index);
    return parent === index ? index : this.find(parent);
  }
}

/** The earliest business time a telling gives for the person: never when it arrived. */
function firstSeen(telling: Telling): Date {
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
