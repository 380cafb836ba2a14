import { withShop } from '~/platform/db/index.server';
import { AppError } from '~/platform/errors';
import { claimTellings } from './claim-tellings.server';
import { recordTellings, type TellingOutcome } from './record-tellings.server';
import {
  planTellings,
  type FieldValue,
  type Standing,
  type StandingField,
  type Telling,
  type TellingPlan,
} from './standing';
import { getStandingSwitches } from './standing-switches.server';

/** Where customers' standings live: Shopify. Each throws `unavailable` when there is no answer. */
export interface StandingPlace {
  /** Makes the fields known, readable for shoppers; made before is fine. */
  define: () => Promise<void>;
  /**
   * At most 25, all or none. Returns what was refused by its number in the list, and then nothing was written; and the
   * namespace they are under, as themes spell it.
   */
  setFields: (
    fields: readonly FieldValue[],
  ) => Promise<{ refused: Map<number, string>; namespace: string | null }>;
  /** At most 25. Returns why not, if so. What is not there is no mistake. */
  removeFields: (fields: readonly { customerId: bigint; key: StandingField }[]) => Promise<string | null>;
  addTag: (customerId: bigint, tag: string) => Promise<string | null>;
  removeTags: (customerId: bigint, tags: readonly string[]) => Promise<string | null>;
}

const claimed = 100;
const fieldsPerCall = 25;

/**
 * Tells Shopify where customers stand who stand elsewhere than it was told: points and tier 25 fields a request, tags one
 * by one. Safe to repeat, to run at once and to die in: what was not written down is told again, and says the same. Stops
 * after `limitMs`. Throws when Shopify can't be reached; what was told until then is kept.
 */
export async function pushStandings(input: {
  shopId: number;
  now: () => Date;
  place: StandingPlace;
  limitMs?: number;
}): Promise<{ told: number; more: boolean }> {
  const { shopId, now, place, limitMs = 60_000 } = input;
  const until = performance.now() + limitMs;
  let told = 0;
  for (;;) {
    const { tellings, lease, fieldsNamespace } = await withShop(shopId, async (tx) => {
      const switches = await getStandingSwitches(tx, { shopId });
      const batch = await claimTellings(tx, { shopId, limit: claimed, switches, now: now() });
      return { ...batch, fieldsNamespace: switches.fieldsNamespace };
    });
    const work = new Tell(place, tellings);
    const unreachable = await work.run(fieldsNamespace !== null);
    await withShop(shopId, async (tx) => {
      await recordTellings(tx, { shopId, lease, outcomes: work.outcomes(), now: now() });
      if (fieldsNamespace === null && work.namespace !== null) {
        const data = { fieldsNamespace: work.namespace, updatedAt: now() };
        await tx.loyaltySettings.upsert({ where: { shopId }, create: { shopId, ...data }, update: data });
      }
    });
    if (unreachable) throw unreachable;
    told += tellings.length;
    const more = tellings.length === claimed;
    if (!more || performance.now() > until) return { told, more };
  }
}

/** One batch on its way to Shopify, and what has come of it so far. */
class Tell {
  namespace: string | null = null;
  private silent: AppError | null = null;
  private readonly refused = new Map<bigint, string>();
  /** What Shopify has by now, of each customer. */
  private readonly has: Map<bigint, Standing>;

  constructor(
    private readonly place: StandingPlace,
    private readonly tellings: readonly Telling[],
  ) {
    this.has = new Map(tellings.map(({ customerId, told }) => [customerId, { ...told }]));
  }

  /** Returns the error that ended it early, if Shopify was silent. */
  async run(fieldsDefined: boolean): Promise<AppError | null> {
    const plan = planTellings(this.tellings);
    try {
      if (plan.set.length > 0 && !fieldsDefined) await this.place.define();
      for (const chunk of inChunks(plan.set)) await this.setAll(chunk);
      for (const chunk of inChunks(plan.remove)) await this.removeAll(chunk);
      for (const change of plan.tags) await this.retag(change);
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'unavailable')) throw error;
      this.silent = error;
    }
    return this.silent;
  }

  outcomes(): TellingOutcome[] {
    return this.tellings.map(({ customerId, told, strays }) => {
      if (this.silent) return { customerId, outcome: 'postponed' };
      const standing = this.has.get(customerId) ?? told;
      const error = this.refused.get(customerId);
      return error === undefined
        ? { customerId, outcome: 'told', standing, strays }
        : { customerId, outcome: 'refused', standing, error };
    });
  }

  /** What one is refused for is no reason to keep it from the others. */
  private async setAll(chunk: readonly FieldValue[]): Promise<void> {
    let left = chunk;
    while (left.length > 0) {
      const { refused, namespace } = await this.place.setFields(left);
      this.namespace ??= namespace;
      if (refused.size === 0) {
        for (const { customerId, key, value } of left)
          this.note(customerId, key === 'points' ? { points: Number(value) } : { tier: value });
        return;
      }
      for (const [index, reason] of refused) {
        const field = left[index];
        if (field) this.refused.set(field.customerId, reason);
      }
      left = left.filter(({ customerId }) => !this.refused.has(customerId));
    }
  }

  private async removeAll(chunk: readonly { customerId: bigint; key: StandingField }[]): Promise<void> {
    const refusal = await this.place.removeFields(chunk);
    for (const { customerId, key } of chunk) {
      if (refusal !== null) this.refused.set(customerId, refusal);
      else this.note(customerId, { [key]: null });
    }
  }

  /** The new tag first: whoever looks in between sees two rather than none. */
  private async retag({ customerId, add, remove }: TellingPlan['tags'][number]): Promise<void> {
    if (this.refused.has(customerId)) return;
    const refusal =
      (add === null ? null : await this.place.addTag(customerId, add)) ??
      (remove.length === 0 ? null : await this.place.removeTags(customerId, remove));
    if (refusal !== null) this.refused.set(customerId, refusal);
    else this.note(customerId, { tag: add ?? this.keptTag(customerId, remove) });
  }

  private keptTag(customerId: bigint, removed: string[]): string | null {
    const tag = this.has.get(customerId)?.tag ?? null;
    return tag !== null && removed.includes(tag) ? null : tag;
  }

  private note(customerId: bigint, change: Partial<Standing>): void {
    const known = this.has.get(customerId);
    if (known) this.has.set(customerId, { ...known, ...change });
  }
}

function inChunks<T>(items: readonly T[]): T[][] {
  const chunks: T[][] = [];
  for (let at = 0; at < items.length; at += fieldsPerCall) chunks.push(items.slice(at, at + fieldsPerCall));
  return chunks;
}
