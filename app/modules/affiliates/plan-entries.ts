import { Decimal } from '~/platform/money';
import type { EntryKind, Posting } from './ledger-entry';

/** What lies with an affiliate because of one order. */
export interface Position {
  affiliateId: bigint;
  pending: Decimal;
  payable: Decimal;
}

/** Where the commission of an order belongs now. */
export interface Target {
  affiliateId: bigint;
  amount: Decimal;
  isDue: boolean; // its hold is over
}

export interface PlannedEntry {
  kind: EntryKind;
  postings: Posting[];
}

/**
 * What to post so that the commission of an order lies where it belongs: everything is taken from whoever should have nothing,
 * what waited long enough is released, and the rest is the difference to what is there. Nothing to do plans nothing.
 */
export function planEntries(positions: Position[], target: Target | null): PlannedEntry[] {
  const others = positions.filter(({ affiliateId }) => affiliateId !== target?.affiliateId);
  const planned = others.flatMap(({ affiliateId, pending, payable }) =>
    change(affiliateId, pending.negated(), payable.negated()),
  );
  if (target === null) return planned;
  const { affiliateId, amount, isDue } = target;
  const own = positions.find((position) => position.affiliateId === affiliateId);
  const pending = own?.pending ?? new Decimal(0);
  const payable = own?.payable ?? new Decimal(0);
  const missing = amount.minus(pending).minus(payable);
  if (!isDue) return [...planned, ...change(affiliateId, missing, new Decimal(0))];
  return [...planned, ...release(affiliateId, pending), ...change(affiliateId, new Decimal(0), missing)];
}

function change(affiliateId: bigint, pending: Decimal, payable: Decimal): PlannedEntry[] {
  const total = pending.plus(payable);
  if (pending.isZero() && payable.isZero()) return [];
  const postings = [
    { account: 'pending' as const, affiliateId, amount: pending },
    { account: 'payable' as const, affiliateId, amount: payable },
    { account: 'commission' as const, affiliateId: null, amount: total.negated() },
  ].filter(({ amount }) => !amount.isZero());
  return [{ kind: total.isNegative() ? 'reverse' : 'earn', postings }];
}

function release(affiliateId: bigint, pending: Decimal): PlannedEntry[] {
  if (pending.isZero()) return [];
  const postings = [
    { account: 'pending' as const, affiliateId, amount: pending.negated() },
    { account: 'payable' as const, affiliateId, amount: pending },
  ];
  return [{ kind: 'release', postings }];
}
