import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Campaign } from '~/modules/loyalty/campaigns/campaign';
import { computeMoneyPoints } from '~/modules/loyalty/compute-money-points';
import { previewOrder, type ComingOrder, type PreviewTerms } from '~/modules/loyalty/preview-order';
import { decimal, type Decimal, sum } from '~/platform/money';
import { earnRule } from '../../factories/loyalty';

const at = new Date('2026-05-01T10:00:00Z');
const terms = (over: Partial<PreviewTerms> = {}): PreviewTerms => ({
  ...{ rule: earnRule(), multiplier: decimal('1'), campaigns: [], products: new Map() },
  ...{ currency: 'EUR', now: at, localDay: '2026-05-01' },
  ...over,
});
const campaign = (over: Partial<Campaign> = {}): Campaign => ({
  ...{ id: 1, version: 1, title: 'x', enabled: true, factor: decimal('2'), scope: 'all', productIds: [] },
  ...{ collectionIds: [], tags: [], startsOn: null, endsOn: null, minimum: null, maxExtra: null },
  effectiveFrom: new Date('2026-01-01T00:00:00Z'),
  ...over,
});
const line = (productId: bigint, amount: string, isDigital = false) => ({ productId, amount, isDigital });
const known = (isGiftCard: boolean) => ({ tags: [], collectionIds: [], isGiftCard });

describe('what is announced of an order', () => {
  const eu = { total: '130.90', tax: '20.90', shipping: '11.90', lines: [line(1n, '119')] };

  it.each<[string, ComingOrder, Partial<PreviewTerms>, number, boolean]>([
    ['tax on top', { ...eu, total: '124.95', tax: '19.95', shipping: '5' }, {}, 100, false],
    ['tax in prices, and in that of shipping', { ...eu, taxIncluded: true }, {}, 100, true],
    [
      'tax in prices, shipping free',
      { ...eu, total: '119', tax: '19', shipping: '0', taxIncluded: true },
      {},
      100,
      false,
    ],
    [
      'tax in prices, shipping counts as well: both are what is paid without tax',
      { ...eu, taxIncluded: true },
      { rule: earnRule({ includeShipping: true }) },
      110,
      false,
    ],
    ['tax is not known yet', { total: '119' }, {}, 119, true],
    [
      'thirds of a discounted order are the whole of it',
      { total: '100', tax: '0', lines: [1n, 2n, 3n].map((id) => line(id, '40')) },
      { campaigns: [campaign()] },
      200,
      false,
    ],
    [
      'a gift card is no goods, and no discount falls on it',
      { total: '140', tax: '0', lines: [line(1n, '60'), line(2n, '40'), line(3n, '50', true)] },
      {
        products: new Map([[3n, known(true)]]),
        campaigns: [campaign({ scope: 'products', productIds: [2n, 3n] })],
      },
      90 + 36,
      false,
    ],
    [
      'a gift card counts where the rule says so, once',
      { total: '150', tax: '0', lines: [line(1n, '100'), line(3n, '50', true)] },
      {
        rule: earnRule({ includeGiftCards: true }),
        products: new Map([[3n, known(true)]]),
        campaigns: [campaign()],
      },
      250,
      false,
    ],
    [
      'goods that count otherwise, of different rates perhaps',
      {
        total: '200',
        tax: '26',
        shipping: '0',
        taxIncluded: true,
        lines: [line(1n, '100'), line(2n, '100')],
      },
      { campaigns: [campaign({ scope: 'products', productIds: [1n] })] },
      261,
      true,
    ],
    [
      'nobody says what the rest is',
      { total: '100', tax: '0', lines: [line(1n, '60'), line(0n, '40')] },
      { rule: earnRule({ scope: 'products', productIds: [9n], allBut: true }) },
      60,
      true,
    ],
    [
      'a total below what is told of it',
      { total: '1', tax: '2', shipping: '3', taxIncluded: true },
      {},
      0,
      true,
    ],
  ])('%s', (_, order, over, earns, isAbout) => {
    expect(previewOrder(order, terms(over))).toEqual({ earns, isAbout });
  });

  it('is what the order earns, whatever it holds, where one rate of tax holds for all', () => {
    const cents = fc.integer({ min: 1, max: 50_000 });
    fc.assert(
      fc.property(
        fc.array(cents, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 0, max: 2_000 }),
        fc.constantFrom(0, 7, 19, 25),
        fc.boolean(),
        (prices, shippingCents, rate, taxIncluded) => {
          const gross = prices.map((price) => decimal(price).dividedBy(100));
          const shipping = decimal(shippingCents).dividedBy(100);
          const taxOf = (amount: Decimal) =>
            amount
              .times(rate)
              .dividedBy(taxIncluded ? 100 + rate : 100)
              .toDecimalPlaces(2);
          const tax = sum([...gross, shipping].map(taxOf));
          const total = sum([...gross, shipping]).plus(taxIncluded ? 0 : tax);
          const told = {
            ...{ total: total.toString(), tax: tax.toString(), shipping: shipping.toString(), taxIncluded },
            lines: gross.map((amount, index) => line(BigInt(index + 1), amount.toString())),
          };
          const net = (amount: Decimal) => (taxIncluded ? amount.minus(taxOf(amount)) : amount);
          const goods = sum(gross.map(net));
          const parts = { goods, giftCards: decimal('0'), shipping: net(shipping), tax, refunds: [] };
          const earned = computeMoneyPoints(parts, earnRule());
          const { earns, isAbout } = previewOrder(told, terms());
          if (isAbout) expect(Math.abs(earns - earned)).toBeLessThanOrEqual(1);
          else expect(earns).toBe(earned);
        },
      ),
    );
  });
});
