import { AppError } from '~/platform/errors';
import type { LedgerKind } from './types';

/** `reserved`: promised for a reward whose code is being made; neither spendable nor gone. */
export type AccountKind = 'points' | 'pending' | 'reserved';

/** One side of a transaction; the shop's counter-account takes what is missing to 0. */
export interface Posting {
  profileId: bigint;
  account: AccountKind;
  points: number; // whole, signed
}

export interface TransactionInput {
  kind: LedgerKind;
  key: string; // idempotency key, unique in the shop
  postings: Posting[];
  occurredAt: Date;
  orderId?: bigint;
  refundId?: bigint;
  tierId?: number; // of points for reaching a tier
  ruleVersion?: number;
  reversesId?: bigint;
  reason?: string;
  staff?: string;
}

/** Accounts have no name but this one, in maps and for sorting. */
export function accountKey(account: { profileId: bigint; account: AccountKind }): string {
  return `${account.profileId}:${account.account}`;
}

/** One posting per account, none of 0. Throws `invalid` when nothing is left or points are not whole. */
export function foldPostings(postings: Posting[]): Posting[] {
  const byAccount = new Map<string, Posting>();
  for (const posting of postings) {
    if (!Number.isSafeInteger(posting.points))
      throw badTransaction(`points must be whole, not ${posting.points}`);
    const known = byAccount.get(accountKey(posting));
    byAccount.set(accountKey(posting), { ...posting, points: posting.points + (known?.points ?? 0) });
  }
  const folded = [...byAccount.values()].filter((posting) => posting.points !== 0);
  if (folded.length === 0) throw badTransaction('a transaction without postings');
  return folded;
}

/** The text whose hash tells whether a repeated key asks for the same thing. When it happened is not part of it. */
export function canonicalInput(transaction: TransactionInput): string {
  const { kind, key, orderId, refundId, tierId, ruleVersion, reversesId, reason, staff } = transaction;
  const ids = [orderId, refundId, reversesId].map((id) => id?.toString() ?? null);
  const lines = transaction.postings.map((posting) => `${accountKey(posting)}=${posting.points}`).sort();
  const tier = tierId === undefined ? [] : [tierId]; // what was hashed before there were tiers keeps its hash
  return JSON.stringify([kind, key, ids, ruleVersion ?? null, reason ?? null, staff ?? null, lines, ...tier]);
}

function badTransaction(message: string): AppError {
  return new AppError('invalid', {
    message: `ledger: ${message}`,
    userMessage: 'Please enter a whole number of points other than 0.',
  });
}
