import type { Decimal } from '~/platform/money';

/** Of an affiliate: waiting, to be paid, in a payout under way. Of the shop: what it cost, what left it. */
export type AccountKind = 'pending' | 'payable' | 'set_aside' | 'commission' | 'paid';
export type EntryKind = 'earn' | 'reverse' | 'release' | 'set_aside' | 'give_back' | 'pay';

export interface Posting {
  account: AccountKind;
  affiliateId: bigint | null; // null for the shop's two accounts
  amount: Decimal;
}

/** A transaction of the money ledger. Its postings sum to 0, and all are of one currency and, but for the shop's, of one affiliate. */
export interface Entry {
  kind: EntryKind;
  key: string; // idempotency key, unique in the shop
  currency: string;
  postings: Posting[];
  occurredAt: Date;
  orderId?: bigint;
  batchId?: bigint;
  ruleVersion?: number;
  staff?: string;
}

/** The text whose hash tells whether a repeated key asks for the same thing. When it happened is not part of it. */
export function canonicalEntry(entry: Entry): string {
  const { kind, key, currency, orderId, batchId, ruleVersion, staff } = entry;
  const lines = entry.postings.map(
    ({ account, affiliateId, amount }) => `${account}:${affiliateId ?? ''}=${amount.toString()}`,
  );
  const ids = [orderId, batchId].map((id) => id?.toString() ?? null);
  return JSON.stringify([kind, key, currency, ids, ruleVersion ?? null, staff ?? null, lines.sort()]);
}
