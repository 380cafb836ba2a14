import { describe, expect, it } from 'vitest';
import { abandonedFrom, computeCartState, type CartFacts } from '~/modules/carts/cart-state';
import { minute } from '../../factories/facts';

const cart = (overrides: Partial<CartFacts> = {}): CartFacts => ({
  kind: 'checkout',
  hasPerson: true,
  hasLines: true,
  lastActivityAt: minute(0),
  completedAt: null,
  deletedAt: null,
  isReplaced: false,
  order: null,
  recoveredBy: null,
  ...overrides,
});
const order = { processedAt: minute(90) };

describe('the state of a cart', () => {
  it.each([
    ['open', cart(), 59],
    ['abandoned', cart(), 60],
    ['open', cart({ hasPerson: false }), 600],
    ['open', cart({ hasLines: false }), 600],
    ['ordered', cart({ completedAt: minute(5) }), 600],
    ['ordered', cart({ order }), 600],
    ['ordered', cart({ order, deletedAt: minute(95) }), 600],
    ['recovered', cart({ order, recoveredBy: 1n }), 600],
    ['deleted', cart({ deletedAt: minute(5) }), 600],
    ['replaced', cart({ isReplaced: true, order }), 600],
  ] as const)('is %s', (state, facts, now) => {
    expect(computeCartState(facts, { now: minute(now), delayMinutes: 60 }).state).toBe(state);
  });

  it('is closed when the order was placed, not when it was told', () => {
    const at = { now: minute(600), delayMinutes: 60 };
    expect(computeCartState(cart({ order, completedAt: minute(91) }), at).closedAt).toEqual(minute(90));
    expect(abandonedFrom(minute(3), 60)).toEqual(minute(63));
  });
});
