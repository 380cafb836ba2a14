import { Decimal } from '~/platform/money';
import { addYear, startOfYear, yearAt } from './shop-years';
import type { QualifyingAmount, Tier, TierEntry, TierProgramme, TierStanding } from './types';

type Terms = Pick<TierProgramme, 'enabled' | 'span' | 'graceDays' | 'tiers'>;

/** From this moment on, assuming nothing new happens: the rank by the figure alone, and the figure. Rank 0 is no tier. */
interface Segment {
  at: number;
  rank: number;
  figure: number;
}

/** What counts from this moment on: the rank after grace. */
interface Step extends Segment {
  kept: number;
}

const dayMs = 24 * 60 * 60 * 1_000;
const scale = 10_000; // amounts are added up as whole ten-thousandths, which is what the database keeps of them

/**
 * Where a history of qualifying amounts puts somebody at a moment: a pure function, so it does not matter in which order
 * the history was told. `timeZone` is the shop's, whose calendar decides when a year begins.
 */
export function computeTier(
  history: QualifyingAmount[],
  terms: Terms,
  { at, timeZone }: { at: Date; timeZone: string },
): TierStanding {
  const tiers = byThreshold(terms);
  const steps = walk(history, terms, timeZone);
  const index = steps.findLastIndex((step) => step.at <= at.getTime());
  const now = steps[index];
  if (!now) return { ...nowhere, changesAt: dateOrNull(steps[0]?.at) };
  let entered = index;
  while (entered > 0 && steps[entered - 1]?.kept === now.kept) entered -= 1;
  const tier = tiers[now.kept - 1] ?? null;
  return {
    tier,
    since: tier && dateOrNull(steps[entered]?.at),
    until: tier && dateOrNull(steps.find((step, n) => n > index && step.kept < now.kept)?.at),
    inGrace: now.rank < now.kept,
    figure: new Decimal(now.figure).dividedBy(scale),
    changesAt: dateOrNull(steps[index + 1]?.at),
  };
}

/** Each time a tier was reached from below, oldest first. Who jumps over a tier has reached it too. */
export function computeTierEntries(
  history: QualifyingAmount[],
  terms: Terms,
  { until, timeZone }: { until: Date; timeZone: string },
): TierEntry[] {
  const tiers = byThreshold(terms);
  const entries: TierEntry[] = [];
  let rank = 0;
  for (const step of walk(history, terms, timeZone)) {
    if (step.at > until.getTime()) break;
    for (const tier of tiers.slice(rank, step.kept)) entries.push({ tier, at: new Date(step.at) });
    rank = step.kept;
  }
  return entries;
}

/** The tiers of a programme from the lowest up; none while it is off. */
function byThreshold({ enabled, tiers }: Terms): Tier[] {
  return enabled ? tiers.toSorted((a, b) => a.threshold.comparedTo(b.threshold) || a.id - b.id) : [];
}

/** The whole course of somebody's standing, future included. Within the grace, the best rank of its days counts. */
function walk(history: QualifyingAmount[], terms: Terms, timeZone: string): Step[] {
  const segments = course(history, terms, timeZone);
  const grace = terms.graceDays * dayMs;
  const moments = segments.flatMap(({ at }, n) => (n > 0 && grace > 0 ? [at, at + grace] : [at]));
  const steps: Step[] = [];
  let [first, last] = [0, 0];
  for (const at of [...new Set(moments)].sort((a, b) => a - b)) {
    while ((segments[last + 1]?.at ?? Infinity) <= at) last += 1;
    while ((segments[first + 1]?.at ?? Infinity) <= at - grace) first += 1;
    const now = segments[last];
    if (!now) break;
    let kept = now.rank;
    for (let n = first; n < last; n += 1) kept = Math.max(kept, segments[n]?.rank ?? 0);
    const before = steps.at(-1);
    if (before?.kept === kept && before.rank === now.rank && before.figure === now.figure) continue;
    steps.push({ ...now, at, kept });
  }
  return steps;
}

/** The figure over time and the rank it gives, without grace. */
function course(history: QualifyingAmount[], terms: Terms, timeZone: string): Segment[] {
  const limits = byThreshold(terms).map(({ threshold }) => units(threshold));
  const rankOf = (figure: number) => limits.filter((limit) => limit <= figure).length;
  if (terms.span === 'calendar_year') return yearlyCourse(history, rankOf, timeZone);
  const changes = new Map<number, number>();
  const change = (at: Date, by: number) => changes.set(at.getTime(), (changes.get(at.getTime()) ?? 0) + by);
  for (const { at, amount } of history) {
    change(at, units(amount));
    if (terms.span === 'rolling_year') change(addYear(at), -units(amount));
  }
  let figure = 0;
  return inOrder(changes).map(([at, by]) => {
    figure += by;
    return { at, figure, rank: rankOf(figure) };
  });
}

/** By calendar years: what a year's figure reaches holds for its rest and for the whole year after it. */
function yearlyCourse(
  history: QualifyingAmount[],
  rankOf: (figure: number) => number,
  timeZone: string,
): Segment[] {
  const years = new Map<number, Map<number, number>>();
  for (const { at, amount } of history) {
    const year = yearAt(at, timeZone);
    const changes = years.get(year) ?? new Map<number, number>();
    changes.set(at.getTime(), (changes.get(at.getTime()) ?? 0) + units(amount));
    years.set(year, changes);
  }
  const told = [...years.keys()];
  const all = [...new Set(told.flatMap((year) => [year, year + 1, year + 2]))].sort((a, b) => a - b);
  let [previousYear, previousRank] = [0, 0];
  return all.flatMap((year) => {
    const carried = previousYear === year - 1 ? previousRank : 0;
    let figure = 0;
    const start = { at: startOfYear(year, timeZone).getTime(), figure, rank: Math.max(carried, rankOf(0)) };
    const segments = inOrder(years.get(year) ?? new Map<number, number>()).map(([at, by]) => {
      figure += by;
      return { at, figure, rank: Math.max(carried, rankOf(figure)) };
    });
    [previousYear, previousRank] = [year, rankOf(figure)];
    return [start, ...segments];
  });
}

function inOrder(changes: Map<number, number>): [number, number][] {
  return [...changes].sort(([a], [b]) => a - b);
}

function units(amount: Decimal): number {
  return amount.times(scale).round().toNumber();
}

function dateOrNull(at: number | undefined): Date | null {
  return at === undefined ? null : new Date(at);
}

const nowhere: TierStanding = {
  tier: null,
  since: null,
  until: null,
  inGrace: false,
  figure: new Decimal(0),
  changesAt: null,
};
