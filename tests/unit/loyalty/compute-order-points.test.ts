import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeEarn, computeOrderPoints } from '~/modules/loyalty/types';
import { decimal, type Decimal } from '~/platform/money';
import { earnRule, orderMoney, refundMoney } from '../../factories/loyalty';

const cents = (max: number): fc.Arbitrary<Decimal> =>
  fc.integer({ min: 0, max }).map((value) => decimal(value).dividedBy(100));

describe('the worked examples of the README', () => {
  const order = orderMoney({ goods: decimal('100'), shipping: decimal('5'), tax: decimal('19.95') });

  it('goods only: 100.00 earn 100', () => {
    expect(computeOrderPoints(order, earnRule())).toBe(100);
  });

  it('a refund of half the goods leaves 50', () => {
    expect(
      computeOrderPoints({ ...order, refunds: [refundMoney({ goods: '50', tax: '9.5' })] }, earnRule()),
    ).toBe(50);
  });

  it('shipping and tax count when the switches say so', () => {
    expect(computeOrderPoints(order, earnRule({ includeShipping: true }))).toBe(105);
    expect(computeOrderPoints(order, earnRule({ includeShipping: true, includeTax: true }))).toBe(124);
  });

  it('2.5 points per unit, 10.30 of goods: 25.75, rounded as the merchant chose', () => {
    const small = orderMoney({ goods: decimal('10.30') });
    const rate = { pointsPerUnit: decimal('2.5') };
    expect(computeOrderPoints(small, earnRule({ ...rate, rounding: 'down' }))).toBe(25);
    expect(computeOrderPoints(small, earnRule({ ...rate, rounding: 'nearest' }))).toBe(26);
    expect(computeOrderPoints(small, earnRule({ ...rate, rounding: 'up' }))).toBe(26);
  });

  it('an odd number halved is rounded once, at the end: 101.00 half refunded leaves 50', () => {
    const odd = orderMoney({ goods: decimal('101'), refunds: [refundMoney({ goods: '50.50' })] });
    expect(computeOrderPoints(odd, earnRule())).toBe(50);
    expect(computeOrderPoints(odd, earnRule({ rounding: 'up' }))).toBe(51);
  });

  it('goodwill money falls on everything that was paid: 59.50 of 119.00 takes half the points', () => {
    const taxed = orderMoney({
      goods: decimal('100'),
      tax: decimal('19'),
      refunds: [refundMoney({ adjustments: '59.50' })],
    });
    expect(computeOrderPoints(taxed, earnRule())).toBe(50);
  });

  it('a restocking fee the merchant keeps, keeps its points', () => {
    const returned = orderMoney({ refunds: [refundMoney({ goods: '100', adjustments: '-10' })] });
    expect(computeOrderPoints(returned, earnRule())).toBe(10);
  });

  it('an order below the minimum earns nothing; a refund below it takes its part only', () => {
    const rule = earnRule({ minimum: decimal('100') });
    const just = orderMoney({ goods: decimal('100'), refunds: [refundMoney({ goods: '60' })] });
    expect(computeOrderPoints(just, rule)).toBe(40);
    expect(computeOrderPoints(orderMoney({ goods: decimal('99.99'), shipping: decimal('5') }), rule)).toBe(0);
  });

  it('gift cards count only when the merchant says so', () => {
    const order = orderMoney({ goods: decimal('20'), giftCards: decimal('50') });
    expect(computeOrderPoints(order, earnRule())).toBe(20);
    expect(computeOrderPoints(order, earnRule({ includeGiftCards: true }))).toBe(70);
  });
});

describe('goods that the rule leaves out', () => {
  const mixed = { goods: decimal('100'), shipping: decimal('10'), tax: decimal('20') };
  const back = (goods: string, outside: string, rest = {}) => ({
    ...refundMoney({ goods, ...rest }),
    outside: decimal(outside),
  });
  it.each([
    ['30.00 of the goods don’t earn', {}, '30', [], 70],
    ['20.00 of what earns is refunded', {}, '30', [back('20', '0')], 50],
    ['20.00 of what doesn’t is refunded', {}, '30', [back('20', '20')], 70],
    ['20.00 of the goods are refunded, nobody says which', {}, '30', [back('20', '6')], 56],
    ['13.00 goodwill, a tenth of all', {}, '30', [back('0', '0', { adjustments: '13' })], 63],
    ['shipping and tax count', { includeShipping: true, includeTax: true }, '30', [], 94],
    ['none of the goods earns, shipping does', { includeShipping: true, includeTax: true }, '100', [], 10],
    ['earns from 100.00', { minimum: decimal('100') }, '30', [], 70],
  ])('%s', (_what, terms, outside, refunds, points) => {
    const order = { ...orderMoney(mixed), outside: decimal(outside), refunds };
    expect(computeOrderPoints(order, earnRule(terms))).toBe(points);
  });

  it('whatever is left out, refunded and counted: never below 0 nor above what all would earn, and 0 with all money back', () => {
    const share = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(
        cents(100_000),
        cents(20_000),
        share,
        share,
        share,
        fc.boolean(),
        (goods, tax, out, taxed, off, includeTax) => {
          const rule = earnRule({ includeTax, pointsPerUnit: decimal('7.3') });
          const part = (amount: Decimal, percent: number) => amount.times(percent).dividedBy(100);
          const outside = part(goods, out);
          const insideTax = part(tax, taxed);
          const order = { ...orderMoney({ goods, tax }), outside, insideTax };
          const some = (percent: number) => ({
            ...refundMoney({ goods: part(goods, percent).toString(), tax: part(tax, percent).toString() }),
            outside: part(outside, percent),
            insideTax: part(insideTax, percent),
          });
          const before = computeOrderPoints(order, rule);
          const after = computeOrderPoints({ ...order, refunds: [some(off)] }, rule);
          expect(before).toBeLessThanOrEqual(computeOrderPoints(orderMoney({ goods, tax }), rule));
          expect(after).toBeLessThanOrEqual(before);
          expect(after).toBeGreaterThanOrEqual(0);
          expect(computeOrderPoints({ ...order, refunds: [some(off), some(100 - off)] }, rule)).toBe(0);
          expect(computeOrderPoints({ ...order, outside: goods, insideTax: undefined }, rule)).toBe(0);
        },
      ),
    );
  });
});

describe('orders that earn nothing', () => {
  const at = new Date('2026-05-03T00:00:00Z');
  it.each([
    ['cancelled', { cancelledAt: at }],
    ['deleted', { deletedAt: at }],
    ['test', { test: true }],
    ['not paid', { paidAt: null }],
    ['of nobody', { profileId: null }],
    ['older than the app', { historic: true }],
  ])('%s', (_name, facts) => {
    expect(computeOrderPoints(orderMoney(facts), earnRule())).toBe(0);
  });

  it('older than the app, unless the merchant chose it', () => {
    expect(computeOrderPoints(orderMoney({ historic: true }), earnRule({ earnOnHistoric: true }))).toBe(100);
  });

  it('any, while the rule is off', () => {
    expect(computeOrderPoints(orderMoney(), earnRule({ enabled: false }))).toBe(0);
  });
});

describe('whatever the order', () => {
  const rules = fc.record({
    pointsPerUnit: fc.integer({ min: 0, max: 100_000 }).map((value) => decimal(value).dividedBy(1_000)),
    includeTax: fc.boolean(),
    includeShipping: fc.boolean(),
    includeGiftCards: fc.boolean(),
    rounding: fc.constantFrom('down' as const, 'nearest' as const, 'up' as const),
  });
  const orders = fc.record({
    goods: cents(100_000),
    giftCards: cents(10_000),
    shipping: cents(5_000),
    tax: cents(20_000),
  });

  it('a refund of everything, in any number of parts, leaves exactly 0', () => {
    fc.assert(
      fc.property(
        orders,
        rules,
        fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 4 }),
        (parts, rule, cuts) => {
          const shares = [...cuts].sort((a, b) => a - b).concat(100);
          let done = 0;
          const refunds = shares.map((share, index) => {
            const of = (amount: Decimal): string =>
              amount
                .times(share - done)
                .dividedBy(100)
                .toString();
            const refund = refundMoney(
              {
                goods: of(parts.goods),
                giftCards: of(parts.giftCards),
                shipping: of(parts.shipping),
                tax: of(parts.tax),
              },
              BigInt(index),
            );
            done = share;
            return refund;
          });
          expect(computeOrderPoints(orderMoney({ ...parts, refunds }), earnRule(rule))).toBe(0);
        },
      ),
    );
  });

  it('a refund never adds points, and never takes more than were earned', () => {
    fc.assert(
      fc.property(orders, rules, cents(100_000), cents(20_000), (parts, rule, goods, adjustments) => {
        const before = computeOrderPoints(orderMoney(parts), earnRule(rule));
        const refunds = [refundMoney({ goods: goods.toString(), adjustments: adjustments.toString() })];
        const after = computeOrderPoints(orderMoney({ ...parts, refunds }), earnRule(rule));
        expect(after).toBeLessThanOrEqual(before);
        expect(after).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('the order of refunds does not matter', () => {
    fc.assert(
      fc.property(orders, rules, fc.array(cents(5_000), { maxLength: 5 }), (parts, rule, amounts) => {
        const refunds = amounts.map((goods, index) =>
          refundMoney({ goods: goods.toString() }, BigInt(index)),
        );
        const points = (list: typeof refunds): number =>
          computeOrderPoints(orderMoney({ ...parts, refunds: list }), earnRule(rule));
        expect(points(refunds.toReversed())).toBe(points(refunds));
      }),
    );
  });
});

describe('computeEarn', () => {
  it('is exact where floats are not: 0.1 + 0.2 at 10 per unit is 3', () => {
    expect(computeEarn(decimal('0.1').plus('0.2'), earnRule({ pointsPerUnit: decimal('10') }))).toBe(3);
  });

  it('gives nothing for nothing, for less than nothing and when off', () => {
    expect(computeEarn(decimal('0'), earnRule())).toBe(0);
    expect(computeEarn(decimal('-5'), earnRule())).toBe(0);
    expect(computeEarn(decimal('5'), earnRule({ enabled: false }))).toBe(0);
  });
});

describe('what is exact is not a point less, or more, for having been divided', () => {
  it.each(['down', 'nearest', 'up'] as const)(
    'rounding %s: goodwill that leaves whole amounts',
    (rounding) => {
      const whole = fc
        .tuple(fc.integer({ min: 2, max: 300 }), fc.constantFrom(7, 19, 20))
        .chain(([goods, rate]) =>
          // Money back that leaves exactly `left` of the goods, to the cent.
          fc.record({
            goods: fc.constant(goods),
            rate: fc.constant(rate),
            left: fc.integer({ min: 1, max: goods - 1 }),
          }),
        );
      const pointsOf = ({ goods, rate, left }: { goods: number; rate: number; left: number }) => {
        const adjustments = decimal((goods - left) * (100 + rate)).dividedBy(100);
        const order = orderMoney({
          goods: decimal(goods),
          tax: decimal(goods * rate).dividedBy(100),
          refunds: [refundMoney({ adjustments: adjustments.toString() })],
        });
        return computeOrderPoints(order, earnRule({ rounding }));
      };
      fc.assert(
        fc.property(whole, (one) => {
          expect(pointsOf(one)).toBe(one.left);
        }),
      );
      expect(pointsOf({ goods: 10, rate: 19, left: 1 })).toBe(1);
    },
  );

  it.each(['down', 'nearest', 'up'] as const)('rounding %s: so many points on top at most', (rounding) => {
    const amount = fc.integer({ min: 10, max: 1_000 });
    const pointsOf = (goods: number, rate: number, maxExtra: number) => {
      const all = { placed: decimal(goods), back: decimal('0'), factor: decimal('100'), maxExtra };
      const rule = earnRule({ rounding, pointsPerUnit: decimal(rate) });
      return computeOrderPoints(orderMoney({ goods: decimal(goods) }), rule, [all]);
    };
    fc.assert(
      fc.property(
        amount,
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 900 }),
        (goods, rate, most) => {
          fc.pre(most <= goods * rate * 99);
          expect(pointsOf(goods, rate, most)).toBe(goods * rate + most);
        },
      ),
    );
    expect(pointsOf(71, 3, 100)).toBe(71 * 3 + 100);
  });
});

describe('goods of a campaign', () => {
  const boost = (factor: string, placed: string, back = '0', maxExtra: number | null = null) => ({
    factor: decimal(factor),
    placed: decimal(placed),
    back: decimal(back),
    maxExtra,
  });

  it.each([
    ['double, all of it', [boost('2', '100')], 200],
    ['triple, 10.00 of it', [boost('3', '10')], 120],
    ['none, 30.00 of it', [boost('0', '30')], 70],
    ['double, at most 60 on top', [boost('2', '100', '0', 60)], 160],
    ['two campaigns', [boost('2', '10'), boost('0', '30')], 80],
  ])('%s', (_what, boosts, points) => {
    expect(computeOrderPoints(orderMoney(), earnRule(), boosts)).toBe(points);
  });

  it('a refund takes back what its goods had earned', () => {
    const refunded = orderMoney({ refunds: [refundMoney({ goods: '5' })] });
    expect(computeOrderPoints(refunded, earnRule(), [boost('3', '10', '5')])).toBe(105);
    const goodwill = orderMoney({ refunds: [refundMoney({ adjustments: '50' })] });
    expect(computeOrderPoints(goodwill, earnRule(), [boost('2', '100')])).toBe(100);
  });

  it('never below 0, exactly 0 with all money back, and nothing at a factor of 1', () => {
    const amount = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(amount, amount, fc.integer({ min: 0, max: 5 }), amount, (placed, back, factor, goods) => {
        const boosts = [boost(String(factor), String(placed), String(Math.min(back, placed)))];
        const order = orderMoney({ refunds: [refundMoney({ goods: String(goods) })] });
        expect(computeOrderPoints(order, earnRule(), boosts)).toBeGreaterThanOrEqual(0);
        const plain = [boost('1', String(placed), String(Math.min(back, placed)))];
        expect(computeOrderPoints(order, earnRule(), plain)).toBe(computeOrderPoints(order, earnRule()));
        const all = orderMoney({ refunds: [refundMoney({ goods: '100' })] });
        expect(computeOrderPoints(all, earnRule(), boosts)).toBe(0);
      }),
    );
  });
});
