import { accountKey, type Posting } from './ledger-input';
import type { LedgerKind } from './types';

export interface PlannedTransaction {
  kind: LedgerKind;
  postings: Posting[];
}

/**
 * What to post so that an order's points lie where they belong: `positions` is what was posted for it so far, by account,
 * `target` what it should be (null: nothing, nowhere). First the total is put right (earn or reverse), then what lies in
 * the wrong account is moved (release within a person, merge between people). Nothing to do gives no transaction.
 */
export function planOrderPostings(positions: Posting[], target: Posting | null): PlannedTransaction[] {
  const missing = differences(positions, target);
  const change = missing.reduce((total, posting) => total + posting.points, 0);
  const total = take(missing, change);
  const moves = subtract(missing, total);
  const planned: PlannedTransaction[] = [];
  if (total.length > 0) planned.push({ kind: change > 0 ? 'earn' : 'reverse', postings: total });
  if (moves.length > 0) planned.push({ kind: isRelease(moves) ? 'release' : 'merge', postings: moves });
  return planned;
}

/** Per account, what is there too little (+) or too much (-). */
function differences(positions: Posting[], target: Posting | null): Posting[] {
  const byAccount = new Map<string, Posting>();
  const add = (posting: Posting, points: number): void => {
    const known = byAccount.get(accountKey(posting))?.points ?? 0;
    byAccount.set(accountKey(posting), { ...posting, points: known + points });
  };
  if (target) add(target, target.points);
  for (const position of positions) add(position, -position.points);
  return [...byAccount.values()].filter((posting) => posting.points !== 0);
}

/** The part of the differences that changes the total by `change`, from accounts that differ in that direction. */
function take(missing: Posting[], change: number): Posting[] {
  let left = Math.abs(change);
  const taken: Posting[] = [];
  for (const posting of missing) {
    if (left === 0 || Math.sign(posting.points) !== Math.sign(change)) continue;
    const points = Math.min(left, Math.abs(posting.points));
    taken.push({ ...posting, points: points * Math.sign(change) });
    left -= points;
  }
  return taken;
}

function subtract(all: Posting[], part: Posting[]): Posting[] {
  const taken = new Map(part.map((posting) => [accountKey(posting), posting.points]));
  return all
    .map((posting) => ({ ...posting, points: posting.points - (taken.get(accountKey(posting)) ?? 0) }))
    .filter((posting) => posting.points !== 0);
}

function isRelease(moves: Posting[]): boolean {
  return new Set(moves.map((posting) => posting.profileId)).size === 1;
}
