import type { LedgerEntry } from './types';

/** What an entry is to the person whose points they are. The words are the screen's. */
export type EntryMeaning =
  | 'order_earned'
  | 'order_refunded'
  | 'order_half_refunded'
  | 'order_partly_refunded'
  | 'order_cancelled'
  | 'order_released'
  | 'bonus'
  | 'bonus_taken_back'
  | 'earned'
  | 'taken_back'
  | 'released'
  | 'expired'
  | 'expired_back'
  | 'reward'
  | 'reward_back'
  | 'merged'
  | 'adjusted';

/** A line of somebody's history. */
export interface AccountEntry {
  id: string;
  meaning: EntryMeaning;
  order: string | null; // its name, such as #1004
  title: string | null; // of a reward or a tier, in the merchant's words
  points: number; // change of what can be spent
  pending: number; // change of what cannot yet
  at: string; // ISO
}

/** What is known of the order of an entry. */
export interface EntryOrder {
  earned: number; // points it gave in all
  cancelled: boolean;
}

const titled: readonly EntryMeaning[] = ['bonus', 'bonus_taken_back', 'reward', 'reward_back'];

/** An entry in plain terms. What staff wrote for themselves stays with them. */
export function describeEntry(entry: LedgerEntry, order: EntryOrder | undefined): AccountEntry {
  const meaning = meaningOf(entry, order);
  const { transactionId, description, points, pending, occurredAt } = entry;
  return {
    id: transactionId,
    meaning,
    order: description.params.order,
    title: titled.includes(meaning) ? description.params.reason : null,
    points,
    pending,
    at: occurredAt.toISOString(),
  };
}

function meaningOf(entry: LedgerEntry, order: EntryOrder | undefined): EntryMeaning {
  const { order: name, reason } = entry.description.params;
  switch (entry.kind) {
    case 'earn':
      if (name !== null) return 'order_earned';
      return reason === null ? 'earned' : 'bonus';
    case 'release':
      return name === null ? 'released' : 'order_released';
    case 'reverse':
      if (name !== null) return refundMeaning(entry, order);
      return reason === null ? 'taken_back' : 'bonus_taken_back';
    case 'expire':
      return entry.points > 0 ? 'expired_back' : 'expired';
    case 'reserve':
    case 'redeem':
      return 'reward';
    case 'unreserve':
    case 'return':
      return 'reward_back';
    case 'merge':
      return 'merged';
    case 'adjust':
      return 'adjusted';
  }
}

/** How much of an order this took back. Points are whole, so half of an odd number is either of its neighbours. */
function refundMeaning({ points, pending }: LedgerEntry, order: EntryOrder | undefined): EntryMeaning {
  if (order?.cancelled) return 'order_cancelled';
  const taken = -(points + pending);
  if (!order || order.earned <= 0 || taken <= 0) return 'order_partly_refunded';
  if (taken >= order.earned) return 'order_refunded';
  return Math.abs(taken * 2 - order.earned) <= 1 ? 'order_half_refunded' : 'order_partly_refunded';
}
