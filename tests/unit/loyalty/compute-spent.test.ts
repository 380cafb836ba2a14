import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeSpent } from '~/modules/loyalty/rewards/compute-spent';
import { decimal } from '~/platform/money';
import { orderMoney, refundMoney } from '../../factories/loyalty';

const at = new Date('2026-05-02T10:00:00Z');

describe('what remains spent of a reward', () => {
  it('all of it, while nothing is refunded', () => {
    expect(computeSpent(500, orderMoney())).toBe(500);
  });

  it.each([
    ['half the goods', orderMoney({ refunds: [refundMoney({ goods: '50' })] }), 250],
    [
      'a third, returned points rounded down',
      orderMoney({ refunds: [refundMoney({ goods: '33.33' })] }),
      334,
    ],
    ['everything', orderMoney({ refunds: [refundMoney({ goods: '100' })] }), 0],
    ['more than everything', orderMoney({ refunds: [refundMoney({ goods: '100', adjustments: '5' })] }), 0],
    ['goodwill of a tenth', orderMoney({ refunds: [refundMoney({ adjustments: '10' })] }), 450],
    [
      'goods 100, shipping 5, of which the goods came back',
      orderMoney({ shipping: decimal('5'), refunds: [refundMoney({ goods: '100' })] }),
      24,
    ],
    ['cancelled', orderMoney({ cancelledAt: at }), 0],
    ['deleted', orderMoney({ deletedAt: at }), 0],
    ['an order that cost nothing', orderMoney({ goods: decimal('0') }), 500],
  ])('%s', (_name, order, spent) => {
    expect(computeSpent(500, order)).toBe(spent);
  });

  it('never less than 0, never more than it was, and never more after another refund', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.array(fc.integer({ min: 1, max: 6_000 }), { maxLength: 6 }),
        (points, cents) => {
          const refunds = cents.map((amount, index) =>
            refundMoney({ goods: (amount / 100).toFixed(2) }, BigInt(index)),
          );
          const spent = refunds.map((_, index) =>
            computeSpent(points, orderMoney({ refunds: refunds.slice(0, index + 1) })),
          );
          let before = points;
          for (const now of spent) {
            expect(now).toBeGreaterThanOrEqual(0);
            expect(now).toBeLessThanOrEqual(before);
            before = now;
          }
        },
      ),
    );
  });
});
