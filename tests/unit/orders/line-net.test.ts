import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeLineNet, computeShippingNet } from '~/modules/orders/line-net';
import { decimal } from '~/platform/money';

const cents = (max: number) =>
  fc.integer({ min: 0, max }).map((value) => decimal(value).dividedBy(100).toFixed(2));

describe('a line without tax', () => {
  it.each([
    [{ price: '50.00', quantity: 3, discount: '15.00', tax: '25.65' }, false, '135'],
    [{ price: '59.50', quantity: 2, discount: '0', tax: '19.00' }, true, '100'],
    [{ price: '0.10', quantity: 3, discount: '0.01', tax: '0' }, true, '0.29'],
  ])('%j (tax included: %s) is worth %s', (line, taxesIncluded, net) => {
    expect(computeLineNet(line, taxesIncluded).toString()).toBe(net);
  });

  it('and its tax are the price after discounts, exactly, wherever prices contain tax', () => {
    fc.assert(
      fc.property(
        cents(100_000),
        fc.integer({ min: 1, max: 50 }),
        cents(1_000),
        cents(1_000),
        (price, quantity, discount, tax) => {
          const net = computeLineNet({ price, quantity, discount, tax }, true);
          expect(net.plus(tax).toString()).toBe(decimal(price).times(quantity).minus(discount).toString());
        },
      ),
    );
  });
});

describe('shipping without tax', () => {
  const order = { shipping: '11.90', tax: '20.90', taxesIncluded: true, lines: [{ tax: '19.00' }] };

  it('is without the tax the lines do not account for, where prices contain tax', () => {
    expect(computeShippingNet(order).toString()).toBe('10');
    expect(computeShippingNet({ ...order, taxesIncluded: false }).toString()).toBe('11.9');
  });

  it('never falls below nothing for tax that is somebody else’s', () => {
    expect(computeShippingNet({ ...order, tax: '100.00' }).toString()).toBe('11.9');
    expect(computeShippingNet({ ...order, tax: '0' }).toString()).toBe('11.9');
  });
});
