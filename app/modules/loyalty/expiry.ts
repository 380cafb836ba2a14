import type { ExpiryRule } from './types';

/** One line of a person's accounts, as expiry sees it. Days are counted from 1970 in the shop's time zone. */
export interface LifeEntry {
  transactionId: bigint;
  kind: string;
  account: string;
  points: number;
  orderId: bigint | null;
  tierId: number | null; // of points for reaching a tier
  eventId: string | null; // of points for something else than an order
  redemptionId: string | null; // the reward that took or gave back
  day: number; // when it was booked
  since: number; // when its points began to live: `day`, except for those of an order or event that came from another profile
}

/** Points that became spendable together. */
export interface Lot {
  day: number;
  orderId: bigint | null;
  tierId: number | null;
  eventId: string | null;
  left: number;
  expired: number;
}

export interface Lots {
  lots: Lot[]; // oldest first
  /** What an entry took back of points that had expired before: the person is owed as much. */
  takenTwice: Map<bigint, number>;
  /** Spent or taken beyond what there was; the next points go there first. */
  debt: number;
  /** Taken back twice and not given back yet. */
  owed: number;
}

/** Which points a reward took, in the order of taking. */
type Spent = Map<string, { lot: Lot; points: number }[]>;

/** Nothing expires sooner than this many days after a rule came into force: nobody loses points overnight. */
export const noticeDays = 30;

/**
 * What is left of which points. `entries` are all of one person in the order of the ledger. What is spent takes the oldest
 * points first. A refund takes the points of its own order (or of the tier that was not reached, or of what a cap does not allow): first what is left of them,
 * then what of them has expired (they are gone already, so as much is owed back), and only then others. What a reward gives
 * back goes where it was taken from, the last first, so that things are as if only the rest had been spent. Pending points
 * are no lot yet.
 * At any time the spendable balance is what is left in all lots - debt - owed.
 */
export function foldLots(entries: LifeEntry[]): Lots {
  const state: Lots = { lots: [], takenTwice: new Map(), debt: 0, owed: 0 };
  const spent: Spent = new Map();
  for (const entry of entries) {
    if (entry.account !== 'points') continue;
    if (entry.points > 0) credit(state, { ...entry, points: entry.points - giveBack(state, spent, entry) });
    else if (entry.kind === 'expire') expire(state, -entry.points);
    else if (hasOrigin(entry) && (entry.kind === 'reverse' || entry.kind === 'merge')) takeBack(state, entry);
    else spend(state, spent, entry);
  }
  return state;
}

/**
 * The points that expire on day `today`, by lot; none when nothing is due. By age, points live `days` days after the day
 * they became spendable; by inactivity, all of them go after `days` days without anything earned or spent.
 */
export function planExpiry(
  entries: LifeEntry[],
  rule: ExpiryRule & { startDay: number },
  today: number,
): Due {
  const none: Due = { points: 0, dueDay: today, lots: [] };
  if (rule.mode === 'never' || today < rule.startDay + noticeDays) return none;
  const begins = beginning(entries, rule);
  const due = foldLots(entries).lots.filter((lot) => lot.left > 0 && begins(lot) + rule.days < today);
  if (due.length === 0) return none;
  return {
    points: due.reduce((points, lot) => points + lot.left, 0),
    dueDay: Math.max(...due.map(begins)) + rule.days + 1,
    lots: due.map(({ day, left }) => ({ day, points: left })),
  };
}

/**
 * What expires after `today`, day by day, if nothing happens any more: soonest first, and not before the notice after a
 * change of the rule is over. What is due already, and not taken yet, is gone tomorrow.
 */
export function planComingExpiry(
  entries: LifeEntry[],
  rule: ExpiryRule & { startDay: number },
  today: number,
): ComingExpiry[] {
  if (rule.mode === 'never') return [];
  const begins = beginning(entries, rule);
  const byDay = new Map<number, number>();
  for (const lot of foldLots(entries).lots) {
    const dueDay = Math.max(begins(lot) + rule.days + 1, rule.startDay + noticeDays, today + 1);
    if (lot.left > 0) byDay.set(dueDay, (byDay.get(dueDay) ?? 0) + lot.left);
  }
  return [...byDay].map(([dueDay, points]) => ({ dueDay, points })).sort((a, b) => a.dueDay - b.dueDay);
}

/** When the life of a lot begins: the day it became spendable, or that of the last activity. */
function beginning(entries: LifeEntry[], { mode }: ExpiryRule): (lot: Lot) => number {
  const lastActivity = Math.max(...entries.filter(isActivity).map(({ day }) => day));
  return (lot) => (mode === 'age' ? lot.day : lastActivity);
}

export interface ComingExpiry {
  dueDay: number; // the first day on which they are gone, from 1970 in the shop's time zone
  points: number; // above 0
}

export interface Due {
  points: number;
  dueDay: number; // the first day on which all of them are gone
  lots: { day: number; points: number }[];
}

/** What shows that a person is still there: something earned, released, given or spent. Refunds and expiry do not. */
function isActivity({ kind, points }: Pick<LifeEntry, 'kind' | 'points'>): boolean {
  if (kind === 'expire' || kind === 'reverse') return false;
  return points > 0 || (kind !== 'adjust' && kind !== 'merge');
}

function hasOrigin({ orderId, tierId, eventId }: LifeEntry): boolean {
  return orderId !== null || tierId !== null || eventId !== null;
}

/** What a reward gives back, as far as it is known which points it took; debts come first. Returns how much found its place. */
function giveBack(state: Lots, spent: Spent, { redemptionId, points }: LifeEntry): number {
  if (redemptionId === null) return 0;
  const repaid = Math.min(points, state.debt);
  state.debt -= repaid;
  let rest = points - repaid;
  const parts = spent.get(redemptionId) ?? [];
  for (const part of parts.toReversed()) {
    const back = Math.min(rest, part.points);
    part.lot.left += back;
    part.points -= back;
    rest -= back;
  }
  return points - rest;
}

function credit(state: Lots, { kind, points, orderId, tierId, eventId, since }: LifeEntry): void {
  if (points === 0) return;
  if (kind === 'expire') {
    // Given back: first what was taken twice; what came along with a merge undoes what was taken there.
    const owed = Math.min(points, state.owed);
    state.owed -= owed;
    state.debt -= Math.min(points - owed, state.debt);
    return;
  }
  const repaid = Math.min(points, state.debt);
  state.debt -= repaid;
  // Points that an order gave back (a reward used in it) were not earned by it: its refunds do not ask for them.
  const earned = kind === 'earn' || kind === 'release' || kind === 'merge';
  const origin = earned ? { orderId, tierId, eventId } : { orderId: null, tierId: null, eventId: null };
  const lot: Lot = { day: since, ...origin, left: points - repaid, expired: 0 };
  const place = state.lots.findLastIndex((other) => other.day <= since) + 1;
  state.lots.splice(place, 0, lot);
}

function expire(state: Lots, points: number): void {
  let rest = points;
  for (const lot of state.lots) {
    const part = Math.min(rest, lot.left);
    lot.left -= part;
    lot.expired += part;
    rest -= part;
  }
  state.debt += rest;
}

function takeBack(state: Lots, { transactionId, points, ...origin }: LifeEntry): void {
  const own = state.lots.filter(
    (lot) => lot.orderId === origin.orderId && lot.tierId === origin.tierId && lot.eventId === origin.eventId,
  );
  let rest = -points - total(takeLeft(own, -points));
  let twice = 0;
  for (const lot of own) {
    const part = Math.min(rest, lot.expired);
    lot.expired -= part;
    rest -= part;
    twice += part;
  }
  state.owed += twice;
  if (twice > 0) state.takenTwice.set(transactionId, twice);
  state.debt += rest - total(takeLeft(state.lots, rest));
}

function spend(state: Lots, spent: Spent, { redemptionId, points }: LifeEntry): void {
  const taken = takeLeft(state.lots, -points);
  state.debt += -points - total(taken);
  if (redemptionId !== null) spent.set(redemptionId, [...(spent.get(redemptionId) ?? []), ...taken]);
}

/** Takes points from lots, oldest first; returns what it took from which. */
function takeLeft(lots: Lot[], points: number): { lot: Lot; points: number }[] {
  let rest = points;
  return lots.flatMap((lot) => {
    const part = Math.min(rest, lot.left);
    if (part === 0) return [];
    lot.left -= part;
    rest -= part;
    return [{ lot, points: part }];
  });
}

function total(taken: { points: number }[]): number {
  return taken.reduce((points, part) => points + part.points, 0);
}
