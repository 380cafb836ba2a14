import type { CartState } from './types';

/** All that decides the state of a cart. Pure facts: told by Shopify, or recorded with their time. */
export interface CartFacts {
  kind: 'checkout' | 'cart';
  hasPerson: boolean;
  hasLines: boolean;
  lastActivityAt: Date;
  completedAt: Date | null;
  deletedAt: Date | null;
  isReplaced: boolean; // its checkout, or a newer checkout of the same cart, took over
  order: { processedAt: Date } | null;
  recoveredBy: bigint | null; // the mail that brought the order
}

export interface CartStateNow {
  state: CartState;
  closedAt: Date | null;
}

/**
 * The state of a cart at `now`. An order closes it whenever it is told; what took its place comes first, so that a cart
 * and its checkout are not both counted as bought.
 */
export function computeCartState(facts: CartFacts, at: { now: Date; delayMinutes: number }): CartStateNow {
  if (facts.isReplaced) return { state: 'replaced', closedAt: null };
  if (facts.order) {
    return { state: facts.recoveredBy === null ? 'ordered' : 'recovered', closedAt: facts.order.processedAt };
  }
  if (facts.completedAt) return { state: 'ordered', closedAt: facts.completedAt };
  if (facts.deletedAt) return { state: 'deleted', closedAt: facts.deletedAt };
  const isDue = abandonedFrom(facts.lastActivityAt, at.delayMinutes) <= at.now;
  const canBeMissed = facts.hasPerson && facts.hasLines;
  return { state: isDue && canBeMissed ? 'abandoned' : 'open', closedAt: null };
}

/** From when on a cart that nobody touched counts as abandoned. */
export function abandonedFrom(lastActivityAt: Date, delayMinutes: number): Date {
  return new Date(lastActivityAt.getTime() + delayMinutes * 60_000);
}
