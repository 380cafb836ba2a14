import {
  beats,
  claimsOf,
  firstSeen,
  keysOf,
  keyText,
  primaryKey,
  self,
  type Claim,
  type Identity,
  type Key,
  type Telling,
} from './identity-claims';
import { earlier, tellFact, tellHint, tellTags, type Told } from './told';
import type { CustomerMergeFact } from './types';

// Who is who, decided from everything told so far. Pure. The result depends on the set of facts only, never on their
// order: every decision keeps the greatest of the claims seen (see `beats`), and greatest-of has no order.

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
