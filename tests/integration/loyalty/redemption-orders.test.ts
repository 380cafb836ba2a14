import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { applyOrderRedemptions, getBalance, reservePoints } from '~/modules/loyalty/index.server';
import type { OrderFact } from '~/modules/orders/types';
import { prisma, withShop } from '~/platform/db/index.server';
import { ordersChanged } from '~/processes/orders-changed.server';
import { ordersDeleted } from '~/processes/orders-deleted.server';
import { redemptionCancelled } from '~/processes/redemption-cancelled.server';
import { refundsCreated } from '~/processes/refunds-created.server';
import { rewardRedeemed } from '~/processes/reward-redeemed.server';
import { minute, orderFact, refundFact } from '../../factories/facts';
import { aShop, ledgerTotals } from '../../factories/loyalty';
import { permutations } from '../../factories/permutations';
import { aMember, aReward, FakeCodes, rewardNow as now } from '../../factories/rewards';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

const balance = async (shopId: number, profileId: bigint): Promise<number> =>
  (await withShop(shopId, (tx) => getBalance(tx, { shopId, profileId }))).points;

const row = (shopId: number, id: bigint) => prisma().redemption.findFirstOrThrow({ where: { shopId, id } });

async function world(points = 1_000) {
  const { id: shopId } = await aShop();
  const [profileId, rewardId] = [await aMember(shopId, points), await aReward(shopId)];
  const codes = new FakeCodes();
  const redeem = (key: string, of = rewardId) =>
    rewardRedeemed({ shopId, profileId, rewardId: of, key, codes, now });
  return { shopId, profileId, rewardId, codes, redeem };
}

/** An order of a stranger, so that no points of its own mix with those of the reward. */
function withCode(id: bigint, code: string, overrides: Partial<OrderFact> = {}): OrderFact {
  return orderFact(id, { discountCodes: [{ code, kind: 'fixed_amount', amount: '5.00' }], ...overrides });
}

const tell = (shopId: number, facts: OrderFact[]) =>
  withShop(shopId, (tx) => ordersChanged(tx, { shopId, facts, now, historic: false }));

afterEach(async () => {
  expect(await ledgerTotals()).toEqual({ drifted: 0, sum: 0n, unbalanced: 0 });
});

describe('an order with the code', () => {
  it('marks the redemption used, whatever the case of the letters', async () => {
    const { shopId, profileId, redeem } = await world();
    const { id, code } = await redeem('a');
    await tell(shopId, [withCode(1n, code.toLowerCase())]);
    expect(await row(shopId, id)).toMatchObject({ state: 'used', orderId: 1n, spent: 500n });
    expect(await balance(shopId, profileId)).toBe(500);
  });

  it('half refunded gives half back; all refunded, cancelled or deleted everything', async () => {
    const { shopId, profileId, redeem } = await world(2_000);
    const [a, b, c] = [await redeem('a'), await redeem('b'), await redeem('c')];
    await tell(shopId, [withCode(1n, a.code), withCode(2n, b.code), withCode(3n, c.code)]);
    const half = refundFact(11n, 1n, {
      lines: [{ id: 1n, orderLineId: 1n, quantity: 1, subtotal: '50.00', tax: '0' }],
    });
    const refund = (facts: (typeof half)[]) =>
      withShop(shopId, (tx) => refundsCreated(tx, { shopId, facts, now, historic: false }));
    await refund([half]);
    expect(await balance(shopId, profileId)).toBe(500 + 250);
    await refund([half, refundFact(12n, 1n, { ...half, id: 12n })]);
    expect(await balance(shopId, profileId)).toBe(500 + 500);
    await tell(shopId, [withCode(2n, b.code, { cancelledAt: minute(60), updatedAt: minute(60) })]);
    expect(await balance(shopId, profileId)).toBe(1_500);
    await withShop(shopId, (tx) =>
      ordersDeleted(tx, { shopId, facts: [{ id: 3n, deletedAt: minute(61) }], now, historic: false }),
    );
    expect(await balance(shopId, profileId)).toBe(2_000);
  });

  it('order, refunds and cancellation end the same in any order of arrival, each told twice', async () => {
    for (const order of permutations([0, 1, 2, 3])) {
      const { shopId, profileId, redeem } = await world();
      const { id, code } = await redeem('a');
      const part = (refundId: bigint, subtotal: string) =>
        refundFact(refundId, 1n, {
          lines: [{ id: refundId, orderLineId: 1n, quantity: 1, subtotal, tax: '0' }],
        });
      const refund = (fact: ReturnType<typeof part>) =>
        withShop(shopId, (tx) => refundsCreated(tx, { shopId, facts: [fact], now, historic: false }));
      const events = [
        () => tell(shopId, [withCode(1n, code)]),
        () => refund(part(11n, '33.33')),
        () => refund(part(12n, '20.00')),
        () => tell(shopId, [withCode(1n, code, { tags: ['edited'], updatedAt: minute(5) })]),
      ];
      for (const index of order) for (let run = 0; run < 2; run += 1) await events[index]!();
      expect(await row(shopId, id)).toMatchObject({ state: 'used', spent: BigInt(500 - 266) });
      expect(await balance(shopId, profileId)).toBe(500 + 266);
    }
  });

  it('counts above a cancellation made here, and when the code was not confirmed yet', async () => {
    const { shopId, profileId, codes, rewardId, redeem } = await world();
    const first = await redeem('a');
    await redemptionCancelled({ shopId, profileId, redemptionId: first.id, codes, now });
    expect(await balance(shopId, profileId)).toBe(1_000);
    await tell(shopId, [withCode(1n, first.code)]);
    expect(await balance(shopId, profileId)).toBe(500);
    const second = await withShop(shopId, (tx) =>
      reservePoints(tx, { shopId, profileId, rewardId, key: 'b', now }),
    );
    await tell(shopId, [withCode(2n, second.code)]);
    expect(await row(shopId, second.id)).toMatchObject({ state: 'used', held: 0n, spent: 500n });
    expect((await redeem('b')).state).toBe('used');
    expect(await balance(shopId, profileId)).toBe(0);
  });

  it('edited so that it carries the code no more: the code is free again', async () => {
    const { shopId, profileId, redeem } = await world();
    const { id, code } = await redeem('a');
    await tell(shopId, [withCode(1n, code)]);
    await tell(shopId, [orderFact(1n, { updatedAt: minute(9) })]);
    expect(await row(shopId, id)).toMatchObject({ state: 'confirmed', orderId: null });
    expect(await balance(shopId, profileId)).toBe(500);
  });

  it('20 at once, and a refund meanwhile, have one effect', async () => {
    const { shopId, profileId, redeem } = await world();
    const { id, code } = await redeem('a');
    await tell(shopId, [withCode(1n, code, { cancelledAt: minute(60) })]);
    await Promise.all(
      Array.from({ length: 20 }, () =>
        withShop(shopId, (tx) => applyOrderRedemptions(tx, { shopId, orderIds: [1n], now })),
      ),
    );
    expect(await row(shopId, id)).toMatchObject({ spent: 0n, state: 'used' });
    expect(await balance(shopId, profileId)).toBe(1_000);
  });

  it('of another shop with the same code is another code', async () => {
    const [one, two] = [await world(), await world()];
    const { id, code } = await one.redeem('a');
    await tell(two.shopId, [withCode(1n, code)]);
    expect(await row(one.shopId, id)).toMatchObject({ state: 'confirmed' });
  });
});

describe('any sequence of redemptions, cancellations, orders and refunds, repeated and at once', () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('redeem' as const), key: fc.nat(5), dear: fc.boolean() }),
    fc.record({ do: fc.constant('cancel' as const), key: fc.nat(5) }),
    fc.record({ do: fc.constant('order' as const), key: fc.nat(5), cancelled: fc.boolean() }),
    fc.record({
      do: fc.constant('refund' as const),
      key: fc.nat(5),
      cents: fc.integer({ min: 1, max: 9_999 }),
    }),
    fc.record({
      do: fc.constant('fault' as const),
      kind: fc.constantFrom('silent' as const, 'lost' as const),
    }),
  );

  it('keeps the books balanced, and a redemption never takes the balance below 0', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const { shopId, profileId, rewardId, codes, redeem } = await world(1_300);
        const dear = await aReward(shopId, { points: 700 });
        const known = (key: number) => prisma().redemption.findFirst({ where: { shopId, key: `k${key}` } });
        const act = async (one: (typeof steps)[number]): Promise<unknown> => {
          if (one.do === 'fault') return codes.faults.push(one.kind);
          if (one.do === 'redeem') return redeem(`k${one.key}`, one.dear ? dear : rewardId);
          const found = await known(one.key);
          if (!found) return null;
          if (one.do === 'cancel')
            return redemptionCancelled({ shopId, profileId, redemptionId: found.id, codes, now });
          const orderId = BigInt(one.key + 1);
          if (one.do === 'order')
            return tell(shopId, [
              withCode(
                orderId,
                found.code,
                one.cancelled ? { cancelledAt: minute(9), updatedAt: minute(9) } : {},
              ),
            ]);
          const lines = [
            { id: 1n, orderLineId: 1n, quantity: 1, subtotal: (one.cents / 100).toFixed(2), tax: '0' },
          ];
          return withShop(shopId, (tx) =>
            refundsCreated(tx, {
              shopId,
              facts: [refundFact(BigInt(one.cents), orderId, { lines })],
              now,
              historic: false,
            }),
          );
        };
        for (const one of steps) {
          const before = await balance(shopId, profileId);
          await Promise.allSettled([act(one), act(one)]);
          await Promise.allSettled([act(one)]);
          const after = await balance(shopId, profileId);
          if (one.do === 'redeem' && after < before) expect(after).toBeGreaterThanOrEqual(0);
        }
        const rows = await prisma().redemption.findMany({ where: { shopId } });
        const sum = (of: (one: (typeof rows)[number]) => bigint) =>
          Number(rows.reduce((total, one) => total + of(one), 0n));
        expect(await balance(shopId, profileId)).toBe(1_300 - sum((one) => one.held + one.spent));
        for (const one of rows) {
          expect(one.held).toBe(one.state === 'reserved' ? BigInt(one.points) : 0n);
          if (one.state === 'confirmed') expect(one.spent).toBe(BigInt(one.points));
          if (one.state === 'released' || one.state === 'cancelled') expect(one.spent).toBe(0n);
        }
        expect(await ledgerTotals()).toEqual({ drifted: 0, sum: 0n, unbalanced: 0 });
      }),
      { numRuns: 25 },
    );
  });
});
