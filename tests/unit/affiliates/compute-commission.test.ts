import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  computeCommission,
  type GoodsByRate,
  type RatedGoods,
} from '~/modules/affiliates/compute-commission';
import { findRate } from '~/modules/affiliates/find-rate';
import type { Rate } from '~/modules/affiliates/types';
import { decimal, sum } from '~/platform/money';
import { commissionRule } from '../../factories/affiliates';
import { orderMoney, refundMoney } from '../../factories/loyalty';

const flat = commissionRule({ kind: 'flat', value: decimal('7.50') });
const goods = (amount: string) => ({ goods: decimal(amount) });
const of = (...args: Parameters<typeof computeCommission>) => computeCommission(...args).amount.toString();

// The table of the module's README.
describe('the commission of an order', () => {
  it.each([
    ['goods 100.00', orderMoney(), commissionRule(), '10'],
    [
      'goods 99.99 at 12.5 %: rounded once',
      orderMoney(goods('99.99')),
      commissionRule({ value: decimal('12.5') }),
      '12.5',
    ],
    ['goods 0.35 at 10 %: half a cent up', orderMoney(goods('0.35')), commissionRule(), '0.04'],
    [
      'shipping, tax and gift cards earn nothing',
      orderMoney({ shipping: decimal('5'), tax: decimal('20'), giftCards: decimal('50') }),
      commissionRule(),
      '10',
    ],
    [
      'half the goods refunded',
      orderMoney({ refunds: [refundMoney({ goods: '50' })] }),
      commissionRule(),
      '5',
    ],
    ['10.00 goodwill', orderMoney({ refunds: [refundMoney({ adjustments: '10' })] }), commissionRule(), '9'],
    ['all refunded', orderMoney({ refunds: [refundMoney({ goods: '100' })] }), commissionRule(), '0'],
    ['a flat amount', orderMoney(), flat, '7.5'],
    [
      'a flat amount, a third refunded',
      orderMoney({ refunds: [refundMoney({ goods: '33.33' })] }),
      flat,
      '5',
    ],
    ['JPY has no decimals', orderMoney({ ...goods('1234'), currency: 'JPY' }), commissionRule(), '123'],
  ])('%s', (_what, order, rule, expected) => {
    expect(of(order, rule, null)).toBe(expected);
  });

  it.each([
    ['not paid', orderMoney({ paidAt: null }), 'unpaid'],
    ['cancelled', orderMoney({ cancelledAt: new Date() }), 'void'],
    ['deleted', orderMoney({ deletedAt: new Date() }), 'void'],
    ['a test', orderMoney({ test: true }), 'void'],
  ])('nothing for an order that is %s', (_what, order, outcome) => {
    expect(computeCommission(order, commissionRule(), null)).toMatchObject({ outcome });
    expect(of(order, commissionRule(), null)).toBe('0');
  });

  it('says why it is nothing', () => {
    expect(computeCommission(orderMoney(), commissionRule(), 'own_order').outcome).toBe('own_order');
  });
});

const percentOf = (value: string): Rate => ({
  on: 'tags',
  targets: ['x'],
  kind: 'percent',
  value: decimal(value),
});
const perPiece = (value: string): Rate => ({ ...percentOf(value), kind: 'flat' });
const part = (rate: Rate, placed: string, { left = placed, quantity = 1 } = {}): RatedGoods => ({
  rate,
  goods: decimal(placed),
  left: decimal(left),
  quantity,
});
const byRate = (left: string, ...rated: RatedGoods[]): GoodsByRate => ({ rated, left: decimal(left) });

// The table of the module's README: 100.00 of goods, 30.00 of them (3 pieces) with a rate of their own; the group has 10 %.
describe('goods with a rate of their own', () => {
  it.each([
    ['20 % of 30.00, 10 % of the rest', orderMoney(), byRate('100', part(percentOf('20'), '30')), '13'],
    ['nothing for them', orderMoney(), byRate('100', part(percentOf('0'), '30')), '7'],
    ['2.00 per piece', orderMoney(), byRate('100', part(perPiece('2'), '30', { quantity: 3 })), '13'],
    [
      '2.00 per piece, one of three refunded',
      orderMoney({ refunds: [refundMoney({ goods: '10' })] }),
      byRate('90', part(perPiece('2'), '30', { left: '20', quantity: 3 })),
      '11',
    ],
    [
      '20 %, the rest of the order refunded',
      orderMoney({ refunds: [refundMoney({ goods: '70' })] }),
      byRate('30', part(percentOf('20'), '30')),
      '6',
    ],
    [
      '20 %, 10.00 goodwill on all of it',
      orderMoney({ refunds: [refundMoney({ adjustments: '10' })] }),
      byRate('100', part(percentOf('20'), '30')),
      '11.7',
    ],
    [
      'all refunded but a fee of 5.00: that earns by the group',
      orderMoney({ refunds: [refundMoney({ goods: '100', adjustments: '-5' })] }),
      byRate('0', part(percentOf('20'), '30', { left: '0' })),
      '0.5',
    ],
  ])('%s', (_what, order, goodsByRate, expected) => {
    expect(computeCommission(order, commissionRule(), null, goodsByRate).amount.toString()).toBe(expected);
  });

  it('share a flat amount with nobody: the rest of the order has its part of it', () => {
    const { amount } = computeCommission(
      orderMoney(),
      flat,
      null,
      byRate('100', part(percentOf('20'), '30')),
    );
    expect(amount.toString()).toBe('11.25'); // 6.00 + 7.50 x 70/100
  });

  it('earn by the first rate that fits', () => {
    const product: Rate = { ...percentOf('1'), on: 'products', targets: ['7'] };
    const collection: Rate = { ...percentOf('2'), on: 'collections', targets: ['70'] };
    const rates = [percentOf('5'), product, collection];
    expect([
      findRate(rates, { id: 7n, tags: ['X', 'y'], collectionIds: [70n] }),
      findRate(rates, { id: 7n, tags: ['y'], collectionIds: [70n] }),
      findRate(rates, { id: 8n, tags: [], collectionIds: [69n, 70n] }),
      findRate(rates, { id: 70n, tags: ['7', '70'], collectionIds: null }),
      findRate(rates, { id: null, tags: [], collectionIds: null }),
    ]).toEqual([0, 1, 2, null, null]);
  });

  const cents = (most: number) =>
    fc.integer({ min: 0, max: most }).map((amount) => decimal(amount).dividedBy(100));
  const line = fc.record({
    goods: cents(50_000),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    quantity: fc.integer({ min: 1, max: 9 }),
    rate: fc.option(
      fc.record({ kind: fc.constantFrom('percent' as const, 'flat' as const), value: cents(10_000) }),
    ),
  });

  it('earn between nothing and what they would without refunds, nothing when all goes back, and as the group when alike', () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), cents(10_000), (lines, value) => {
        const placed = sum(lines.map(({ goods: amount }) => amount));
        const judge = (backOf: (one: (typeof lines)[number]) => string, rateOf?: Rate) => {
          const known = lines.map((one) => ({ ...one, left: one.goods.minus(backOf(one)) }));
          const rated = known.flatMap(({ rate, goods: amount, left, quantity }) =>
            rate
              ? [
                  {
                    rate: rateOf ?? { on: 'tags' as const, targets: ['x'], ...rate },
                    goods: amount,
                    left,
                    quantity,
                  },
                ]
              : [],
          );
          const back = sum(lines.map(backOf)).toString();
          const order = orderMoney({ goods: placed, refunds: [refundMoney({ goods: back })] });
          const left = sum(known.map((one) => one.left));
          return computeCommission(order, commissionRule({ value }), null, { rated, left }).amount;
        };
        const some = judge(({ goods: amount, share }) => amount.times(share).toFixed(2, 1));
        const whole = judge(() => '0');
        expect(some.isNegative()).toBe(false);
        expect(some.lessThanOrEqualTo(whole)).toBe(true);
        expect(judge(({ goods: amount }) => amount.toString()).toString()).toBe('0');
        expect(judge(() => '0', { ...percentOf('0'), value }).toString()).toBe(
          of(orderMoney({ goods: placed }), commissionRule({ value }), null),
        );
      }),
    );
  });
});
