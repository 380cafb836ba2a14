import { describe, expect, it } from 'vitest';
import { computeCommission } from '~/modules/affiliates/compute-commission';
import { decimal } from '~/platform/money';
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
