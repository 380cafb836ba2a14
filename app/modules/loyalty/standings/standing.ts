/** What Shopify has, or should have, of a customer; null: nothing. */
export interface Standing {
  points: number | null;
  tier: string | null;
  tag: string | null;
}

/** The fields of a customer that themes, checkout and other apps read. */
export type StandingField = 'points' | 'tier';

export interface FieldValue {
  customerId: bigint;
  key: StandingField;
  value: string;
}

/** A claimed customer: what Shopify was told, and what is true. */
export interface Telling {
  customerId: bigint;
  told: Standing;
  /** Somebody began to tell after that, and nobody knows how far they came. */
  unsure: boolean;
  /** The tag they were about to give. */
  nextTag: string | null;
  /** Merges that may have left tags of other tiers, and all of these there ever were. */
  strays: number;
  tierTags: string[];
  wanted: Standing;
}

/** Longest tag Shopify takes. */
const longestTag = 255;

/** The tag of a tier: tags are told apart by commas, so it has none. */
export function tierTag(tierName: string): string {
  const name = tierName.replaceAll(',', ' ').replace(/\s+/g, ' ').trim();
  return `Perennial tier: ${name}`.slice(0, longestTag).trim();
}

export interface StandingTruth {
  points: number | null; // null: nobody we know
  tier: string | null;
}

/** What Shopify should have of somebody, by the merchant's switches. */
export function wantedStanding(
  truth: StandingTruth,
  switches: { shareStandings: boolean; tagTiers: boolean },
): Standing {
  return {
    points: switches.shareStandings ? truth.points : null,
    tier: switches.shareStandings ? truth.tier : null,
    tag: switches.tagTiers && truth.tier !== null ? tierTag(truth.tier) : null,
  };
}

export interface TellingPlan {
  set: FieldValue[];
  remove: { customerId: bigint; key: StandingField }[];
  tags: { customerId: bigint; add: string | null; remove: string[] }[];
}

/** What to tell, so that Shopify has what it should: the differences and nothing else; everything where one can't be sure. */
export function planTellings(tellings: readonly Telling[]): TellingPlan {
  const plan: TellingPlan = { set: [], remove: [], tags: [] };
  for (const { customerId, told, unsure, nextTag, strays, tierTags, wanted } of tellings) {
    for (const key of ['points', 'tier'] as const) {
      const value = wanted[key];
      if (value === told[key] && !unsure) continue;
      if (value === null) plan.remove.push({ customerId, key });
      else plan.set.push({ customerId, key, value: String(value) });
    }
    const carried = [told.tag, ...(unsure ? [nextTag] : []), ...(strays > 0 ? tierTags : [])];
    const remove = [...new Set(carried)].flatMap((tag) => (tag === null || tag === wanted.tag ? [] : [tag]));
    const add = wanted.tag !== null && (unsure || wanted.tag !== told.tag) ? wanted.tag : null;
    if (add !== null || remove.length > 0) plan.tags.push({ customerId, add, remove });
  }
  return plan;
}
