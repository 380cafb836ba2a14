import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import {
  decideAffiliate,
  listPayouts,
  recordApplication,
  releaseCommissions,
  settlePayout,
  updateProgramme,
} from '~/modules/affiliates/index.server';
import { withShop } from '~/platform/db/index.server';
import {
  anAffiliate,
  aProgramme,
  codeOrder,
  commissionTotals,
  goodsBack,
  makePayout,
  moneyOf,
  payBatch,
  staff,
} from '../../factories/affiliates';
import { minute } from '../../factories/facts';
import { arrive } from '../../factories/records';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

const now = minute(60 * 24 * 40);

afterEach(async () => {
  expect(await commissionTotals()).toEqual({ drifted: 0, sum: 0, unbalanced: 0 });
});

/** An affiliate to whom 10.00 are payable. */
async function world() {
  const { shopId, groupId } = await aProgramme({ holdDays: 0 });
  const { affiliateId, code } = await anAffiliate(shopId, groupId);
  await arrive(shopId, { orders: [codeOrder(1n, code)] });
  const cancel = (batchId: bigint) =>
    withShop(shopId, (tx) =>
      settlePayout(tx, { shopId, batchId, outcome: { state: 'cancelled' }, staff, now }),
    );
  return { shopId, groupId, affiliateId, code, cancel };
}

describe('a payout', () => {
  it('sets aside what is payable, and is paid with a reference, once', async () => {
    const { shopId, affiliateId } = await world();
    const [batchId] = await makePayout(shopId, 'a', now);
    expect(await moneyOf(shopId, affiliateId)).toEqual({ pending: 0, payable: 0, setAside: 10, paid: 0 });
    expect(await makePayout(shopId, 'a', now)).toEqual([batchId]);
    await expect(makePayout(shopId, 'b', now)).rejects.toThrow(/nothing is payable/);
    await Promise.all([1, 2, 3].map(() => payBatch(shopId, batchId!, 'SEPA 1', now)));
    expect(await moneyOf(shopId, affiliateId)).toEqual({ pending: 0, payable: 0, setAside: 0, paid: 10 });
    await expect(payBatch(shopId, batchId!, 'SEPA 2', now)).rejects.toThrow(/it is paid/);
    const [batch] = await withShop(shopId, (tx) => listPayouts(tx, { shopId, batchId: batchId! }));
    expect(batch).toMatchObject({
      state: 'paid',
      reference: 'SEPA 1',
      total: '10',
      payouts: [{ amount: '10' }],
    });
  });

  it('is one, however many make it at once', async () => {
    const { shopId, affiliateId } = await world();
    const tries = await Promise.allSettled(
      Array.from({ length: 12 }, (_, index) => makePayout(shopId, `staff-${index}`, now)),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await withShop(shopId, (tx) => listPayouts(tx, { shopId }))).toHaveLength(1);
    expect(await moneyOf(shopId, affiliateId)).toMatchObject({ payable: 0, setAside: 10 });
  });

  it('that is called off gives everything back, and is then closed', async () => {
    const { shopId, affiliateId, cancel } = await world();
    const [batchId] = await makePayout(shopId, 'a', now);
    await Promise.all([cancel(batchId!), cancel(batchId!)]);
    expect(await moneyOf(shopId, affiliateId)).toMatchObject({ payable: 10, setAside: 0 });
    await expect(payBatch(shopId, batchId!, 'late', now)).rejects.toThrow(/it is cancelled/);
    expect(await makePayout(shopId, 'b', now)).toHaveLength(1);
  });

  it('paid and called off at once is one of them', async () => {
    const { shopId, affiliateId, cancel } = await world();
    const [batchId] = await makePayout(shopId, 'a', now);
    await Promise.allSettled([payBatch(shopId, batchId!, 'r', now), cancel(batchId!)]);
    const { payable, setAside, paid } = await moneyOf(shopId, affiliateId);
    expect([setAside, payable + paid]).toEqual([0, 10]);
  });

  it('leaves who is below the minimum for the next one', async () => {
    const { shopId, affiliateId, code } = await world();
    const changes = { title: null, intro: null, isOpen: true, minimumPayout: '15' };
    await withShop(shopId, (tx) => updateProgramme(tx, { shopId, changes, now }));
    await expect(makePayout(shopId, 'a', now)).rejects.toThrow(/nothing is payable/);
    await arrive(shopId, { orders: [codeOrder(2n, code, { goods: '50.00' })] });
    await makePayout(shopId, 'b', now);
    expect(await moneyOf(shopId, affiliateId)).toMatchObject({ setAside: 15 });
  });

  it('that was too much after a refund is made good by the next commissions', async () => {
    const { shopId, affiliateId, code } = await world();
    const [batchId] = await makePayout(shopId, 'a', now);
    await payBatch(shopId, batchId!, 'r', now);
    await arrive(shopId, { refunds: [goodsBack(11n, 1n, '100')] });
    expect(await moneyOf(shopId, affiliateId)).toMatchObject({ payable: -10, paid: 10 });
    await arrive(shopId, { orders: [codeOrder(2n, code, { goods: '250.00' })] });
    await makePayout(shopId, 'b', now);
    expect(await moneyOf(shopId, affiliateId)).toMatchObject({ payable: 0, setAside: 15 });
  });

  it('of one currency does not touch another', async () => {
    const { shopId, affiliateId, code } = await world();
    await arrive(shopId, { orders: [codeOrder(2n, code, { currency: 'USD' })] });
    expect(await makePayout(shopId, 'a', now)).toHaveLength(2);
    expect(await moneyOf(shopId, affiliateId)).toMatchObject({ setAside: 10 });
  });

  it('of another shop does not exist', async () => {
    const [a, b] = [await world(), await world()];
    const [batchId] = await makePayout(a.shopId, 'a', now);
    await expect(payBatch(b.shopId, batchId!, 'r', now)).rejects.toThrow(/not found/);
    expect(await moneyOf(b.shopId, b.affiliateId)).toMatchObject({ payable: 10 });
  });
});

describe('an application', () => {
  it('is one per address, is decided once, and a rejection needs a reason', async () => {
    const { shopId, groupId } = await aProgramme();
    const apply = (name: string) =>
      withShop(shopId, (tx) =>
        recordApplication(tx, { shopId, application: { name, email: 'Rosa@Mail.example' }, now }),
      );
    const all = await Promise.all(['Rosa', 'Somebody else', 'Rosa'].map(apply));
    expect(new Set(all.map((one) => one.affiliateId)).size).toBe(1);
    expect(all.filter((one) => one.isNew)).toHaveLength(1);
    const affiliateId = all[0]!.affiliateId;
    const decide = (decision: Parameters<typeof decideAffiliate>[1]['decision']) =>
      withShop(shopId, (tx) => decideAffiliate(tx, { shopId, affiliateId, decision, staff, now }));
    await expect(decide({ state: 'rejected', reason: ' ' })).rejects.toThrow();
    await expect(decide({ state: 'paused' })).rejects.toThrow();
    await expect(decide({ state: 'approved', groupId: groupId + 1_000 })).rejects.toThrow(/not found/);
    expect(await decide({ state: 'rejected', reason: 'no website' })).toMatchObject({ state: 'rejected' });
    await Promise.all([1, 2, 3].map(() => decide({ state: 'approved', groupId })));
    expect(await decide({ state: 'approved', groupId })).toMatchObject({ state: 'approved', reason: null });
  });

  it.each([
    { name: '', email: 'a@mail.example' },
    { name: 'Rosa', email: 'no address' },
    { name: 'R'.repeat(101), email: 'a@mail.example' },
  ])('of %j is refused', async (application) => {
    const { shopId } = await aProgramme();
    await expect(
      withShop(shopId, (tx) => recordApplication(tx, { shopId, application, now })),
    ).rejects.toThrow(/application/);
  });
});

type Step =
  | { kind: 'order'; order: number; goods: number }
  | { kind: 'refund'; order: number; share: number }
  | { kind: 'cancel'; order: number }
  | { kind: 'release' | 'payout' | 'pay' | 'callOff' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('order' as const),
      order: fc.nat(4),
      goods: fc.integer({ min: 1, max: 30_000 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('refund' as const),
      order: fc.nat(4),
      share: fc.integer({ min: 1, max: 100 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const), order: fc.nat(4) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('release' as const, 'payout' as const, 'pay' as const, 'callOff' as const),
    }),
  },
);

describe('whatever happens', () => {
  it('nothing is paid twice, all sums to 0, and what is refunded whole comes back whole', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
        const { shopId, groupId } = await aProgramme({ holdDays: 20, value: '12.5' });
        const { affiliateId, code } = await anAffiliate(shopId, groupId);
        const play = new Play(shopId, code);
        for (const one of steps) await play.twiceAtOnce(one);
        await play.checkPaid(affiliateId);
        await play.refundEverything();
        const { pending, payable, setAside, paid } = await moneyOf(shopId, affiliateId);
        // What was paid or is on its way is owed back, and carried to the next payout.
        expect({ pending, left: Math.abs(Math.round((payable + setAside + paid) * 100)) }).toEqual({
          pending: 0,
          left: 0,
        });
        expect(await commissionTotals()).toEqual({ drifted: 0, sum: 0, unbalanced: 0 });
      }),
      { numRuns: 20, endOnFailure: true },
    );
  }, 180_000);
});

/** A shop's life, each step told twice at the same time. */
class Play {
  readonly #orders = new Map<number, string>();
  #time = 100;
  #steps = 0;

  constructor(
    readonly shopId: number,
    readonly code: string,
  ) {}

  async twiceAtOnce(one: Step): Promise<void> {
    this.#steps += 1;
    const [number, at] = [this.#steps, minute((this.#time += 60 * 24 * 5))];
    if (one.kind === 'order') this.#orders.set(one.order, (one.goods / 100).toFixed(2));
    await Promise.all([1, 2].map(() => this.#act(one, number, at)));
  }

  async #act(one: Step, number: number, at: Date): Promise<void> {
    const { shopId } = this;
    if (one.kind === 'order' || one.kind === 'cancel') {
      const goods = this.#orders.get(one.order);
      const cancelledAt = one.kind === 'cancel' ? at : null;
      if (goods)
        await arrive(
          shopId,
          { orders: [codeOrder(BigInt(one.order + 1), this.code, { goods, updatedAt: at, cancelledAt })] },
          { now: at },
        );
    } else if (one.kind === 'refund') {
      const goods = ((Number(this.#orders.get(one.order) ?? 10) * one.share) / 100).toFixed(2);
      await arrive(
        shopId,
        { refunds: [goodsBack(BigInt(1_000 + number), BigInt(one.order + 1), goods)] },
        { now: at },
      );
    } else if (one.kind === 'release') {
      await withShop(shopId, (tx) => releaseCommissions(tx, { shopId, limit: 10, now: at }));
    } else if (one.kind === 'payout') {
      await makePayout(shopId, `payout-${Math.random()}`, at).catch(() => []); // two members of staff
    } else await this.#settle(one.kind, at);
  }

  async #settle(kind: 'pay' | 'callOff', at: Date): Promise<void> {
    const { shopId } = this;
    const batches = await withShop(shopId, (tx) => listPayouts(tx, { shopId }));
    const open = batches.find(({ state }) => state === 'open');
    const outcome =
      kind === 'pay' ? ({ state: 'paid', reference: 'r' } as const) : ({ state: 'cancelled' } as const);
    if (open)
      await withShop(shopId, (tx) => settlePayout(tx, { shopId, batchId: open.id, outcome, staff, now: at }));
  }

  /** What batches say was paid is what the ledger says left. */
  async checkPaid(affiliateId: bigint): Promise<void> {
    const batches = await withShop(this.shopId, (tx) => listPayouts(tx, { shopId: this.shopId }));
    const sumOf = (state: string) =>
      batches
        .filter((batch) => batch.state === state)
        .reduce((total, batch) => total + Number(batch.total) * 100, 0);
    const { setAside, paid } = await moneyOf(this.shopId, affiliateId);
    expect([Math.round(paid * 100), Math.round(setAside * 100)]).toEqual([
      Math.round(sumOf('paid')),
      Math.round(sumOf('open')),
    ]);
  }

  async refundEverything(): Promise<void> {
    const at = minute((this.#time += 60 * 24 * 5));
    for (const order of this.#orders.keys())
      await arrive(
        this.shopId,
        { refunds: [goodsBack(BigInt(9_000 + order), BigInt(order + 1), '100000.00')] },
        { now: at },
      );
  }
}
