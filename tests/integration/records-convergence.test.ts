import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { pushConsents, type ConsentNews } from '~/modules/consent/index.server';
import type { ConsentFact } from '~/modules/consent/types';
import {
  checkoutFact,
  customerFact,
  guest,
  minute,
  orderFact,
  orderLine,
  person,
  productFact,
  refundFact,
} from '../factories/facts';
import { arrive, createShop, type Facts } from '../factories/records';
import { dumpShop } from '../factories/shop-dump';
import { useTestDatabase } from '../setup/database';

useTestDatabase();

/** A small world full of coincidences: guests who become customers, addresses that change hands, merges, refunds, edits. */
const email = fc.constantFrom('ada@example.com', 'eve@example.com', 'kim@example.com');
const phone = fc.constantFrom(null, null, '+4915112345678', '+4917100000000');
const customerId = fc.constantFrom(1n, 2n, 3n);
const name = fc.constantFrom('Ada', 'Eve', null);
const time = fc.integer({ min: 0, max: 12 }).map(minute); // few moments, so that many facts share one
const token = fc.constantFrom('checkout-a', 'checkout-b', 'checkout-c');
/** Tokens never change: two checkouts came from one cart, the first of them was bought. */
const cartOf: Record<string, string | null> = {
  'checkout-a': 'cart-a',
  'checkout-b': 'cart-a',
  'checkout-c': null,
};
const placedFrom = (orderId: bigint) => {
  const checkoutToken = orderId === 1n ? 'checkout-a' : 'checkout-c';
  return { checkoutToken, cartToken: cartOf[checkoutToken] ?? null };
};

const somebody = fc.oneof(
  fc
    .record({ shopifyCustomerId: customerId, email: fc.option(email), phone, seenAt: time, firstName: name })
    .map(person),
  fc
    .record({ address: email, phone, seenAt: time, firstName: name })
    .map(({ address, ...rest }) => guest(address, rest)),
  fc.record({ phone: fc.constantFrom('+4915112345678', '+4917100000000'), seenAt: time }).map(person),
);
const who = fc.oneof(somebody, fc.constant(null));

const customers = fc
  .record({
    id: customerId,
    email: fc.option(email),
    phone,
    firstName: name,
    updatedAt: time,
    city: fc.constantFrom<string | null | undefined>(undefined, 'Ulm', null),
    tags: fc.constantFrom<string[] | undefined>(undefined, [], ['vip', 'old']),
    deleted: fc.constantFrom(false, false, false, true),
  })
  .map(({ id, ...rest }): Facts => ({ customers: [customerFact(id, { ...rest, createdAt: null })] }));

const tags = fc
  .record({
    shopifyCustomerId: customerId,
    tag: fc.constantFrom('vip', 'garden'),
    added: fc.boolean(),
    occurredAt: time,
  })
  .map(({ shopifyCustomerId, tag, added, occurredAt }): Facts => ({
    tags: [{ shopifyCustomerId, added: added ? [tag] : [], removed: added ? [] : [tag], occurredAt }],
  }));

// Shopify merges into the lower id here, so that there are chains but, as in Shopify, no circles and no second thoughts.
const merges = fc
  .constantFrom([1n, 2n], [2n, 3n])
  .chain(([keptId, deletedId]) =>
    fc.constant<Facts>({ merges: [{ keptId: keptId, deletedId: deletedId, occurredAt: minute(6) }] }),
  );

const refunds = fc.constantFrom(1n, 2n).map((id) =>
  refundFact(id, 1n, {
    processedAt: minute(7),
    lines: [{ id, orderLineId: id, quantity: 1, subtotal: '40.00', tax: '0' }],
  }),
);

const orders = fc
  .record({
    id: fc.constantFrom(1n, 2n),
    person: somebody, // an order that is somebody's stays somebody's
    updatedAt: time,
    financialStatus: fc.constantFrom('pending', 'paid', 'partially_refunded', 'refunded'),
    quantity: fc.constantFrom(1, 2),
    refunds: fc.uniqueArray(refunds, { selector: ({ id }) => id, maxLength: 2 }),
    test: fc.constantFrom(false, false, false, true),
    taxesIncluded: fc.boolean(),
  })
  .map(({ id, quantity, refunds: given, ...rest }): Facts => {
    // What is cancelled stays cancelled.
    const cancelledAt = id === 2n && rest.updatedAt >= minute(8) ? minute(8) : null;
    const lines = [orderLine({ quantity, tax: '5.00' }), orderLine({ id: 2n, isGiftCard: quantity > 1 })];
    return {
      orders: [
        orderFact(id, {
          ...rest,
          ...placedFrom(id),
          cancelledAt,
          lines,
          refunds: given.map((refund) => ({ ...refund, orderId: id, id: refund.id + id * 10n })),
        }),
      ],
    };
  });

const loneRefunds = fc
  .record({ orderId: fc.constantFrom(1n, 2n), refund: refunds })
  .map(({ orderId, refund }): Facts => ({
    refunds: [{ ...refund, orderId, id: refund.id + orderId * 10n }],
  }));

const checkouts = fc
  .record({
    token,
    person: who,
    updatedAt: time,
    completedAt: fc.constantFrom(null, null, minute(9)),
    acceptsMarketing: fc.boolean(),
    deleted: fc.constantFrom(false, false, false, true),
  })
  .map(({ token: name_, ...rest }): Facts => ({
    checkouts: [checkoutFact(name_, { ...rest, cartToken: cartOf[name_] ?? null })],
  }));

const carts = fc
  .record({ token: fc.constantFrom('cart-a', 'cart-b'), updatedAt: time })
  .map(({ token: name_, updatedAt }): Facts => ({
    carts: [checkoutFact(name_, { kind: 'cart', updatedAt })],
  }));

const deletions = fc
  .record({ id: fc.constantFrom(1n, 2n), deletedAt: time })
  .map((fact): Facts => ({ deletions: [fact] }));

const products = fc
  .record({ title: fc.constantFrom('Fern', 'Big fern'), updatedAt: time })
  .map(({ title, updatedAt }): Facts => ({ products: [productFact(10n, { title, updatedAt })] }));

const fulfillments = fc
  .record({
    orderId: fc.constantFrom(1n, 2n),
    updatedAt: time,
    shipmentStatus: fc.constantFrom(null, 'delivered'),
  })
  .map(({ orderId, ...rest }): Facts => ({
    fulfillments: [{ id: orderId * 100n, orderId, status: 'success', createdAt: minute(3), ...rest }],
  }));

const consents = fc
  .record({
    shopifyCustomerId: customerId,
    state: fc.constantFrom('subscribed' as const, 'unsubscribed' as const),
    occurredAt: time,
  })
  .map(({ occurredAt, ...rest }): Facts => {
    const key = `${rest.shopifyCustomerId}:${rest.state}:${occurredAt.toISOString()}`;
    const fact: ConsentFact = { ...rest, email: null, level: null, source: 'shopify', occurredAt, key };
    return { consents: [fact] };
  });

const anything = fc.oneof(
  customers,
  customers,
  tags,
  merges,
  orders,
  orders,
  loneRefunds,
  checkouts,
  checkouts,
  carts,
  deletions,
  products,
  fulfillments,
  consents,
);

interface Story {
  told: Facts[];
  order: number[];
  duplicates: number[];
}

const story: fc.Arbitrary<Story> = fc.array(anything, { minLength: 2, maxLength: 14 }).chain((told) =>
  fc.record({
    told: fc.constant(told),
    order: fc.shuffledSubarray(
      told.map((_, index) => index),
      { minLength: told.length },
    ),
    duplicates: fc.subarray(told.map((_, index) => index)),
  }),
);

async function live(facts: Facts[]): Promise<Map<string, string[]>> {
  const shopId = await createShop();
  for (const each of facts) await arrive(shopId, each);
  const dump = await dumpShop(shopId);
  dump.set('consent_pushes', await owedLines(shopId)); // of what was owed in between, only what still is
  return dump;
}

/** What Shopify has still to be told: what is still true, about the people there are now. */
async function owedLines(shopId: number): Promise<string[]> {
  const lines: string[] = [];
  const tell = async ({ shopifyCustomerId, state, occurredAt }: ConsentNews) =>
    void lines.push(`${shopifyCustomerId} ${state} ${occurredAt.toISOString()}`);
  await pushConsents({ shopId, now: minute(60), tell });
  return lines.sort();
}

describe('the order in which facts arrive', () => {
  beforeAll(() => {
    fc.configureGlobal({ numRuns: Number(process.env.CONVERGENCE_RUNS ?? 25), endOnFailure: false });
  });

  it('makes no difference to what is true in the end, nor do repetitions', async () => {
    await fc.assert(
      fc.asyncProperty(story, async ({ told, order, duplicates }) => {
        const calm = await live(told);
        const wild = await live([...order, ...duplicates].map((index) => told[index]!));
        for (const [table, lines] of calm) expect(wild.get(table), table).toEqual(lines);
      }),
    );
  }, 600_000);

  it('makes no difference within one batch either', async () => {
    await fc.assert(
      fc.asyncProperty(story, async ({ told, order }) => {
        const together: Facts = {};
        for (const index of order) {
          for (const [kind, facts] of Object.entries(told[index]!)) {
            Object.assign(together, {
              [kind]: [...((together as Record<string, unknown[]>)[kind] ?? []), ...facts],
            });
          }
        }
        const calm = await live(told);
        const batch = await live([together]);
        for (const [table, lines] of calm) expect(batch.get(table), table).toEqual(lines);
      }),
    );
  }, 600_000);
});
