import { expect, it, describe } from 'vitest';
import {
  applySignIn,
  assignCode,
  createAsset,
  createPayouts,
  createSignIn,
  decideAffiliate,
  deleteAsset,
  ensureProgramme,
  recordApplication,
  releaseCommissions,
  saveGroup,
  settlePayout,
  updatePayoutAddress,
  updateProgramme,
  withdrawCode,
} from '~/modules/affiliates/index.server';
import { prisma, withShop, type Tx } from '~/platform/db/index.server';
import {
  anAffiliate,
  aProgramme,
  codeOrder,
  commissionTotals,
  makePayout,
  moneyOf,
  payBatch,
  ruleTerms,
  staff,
} from '../../factories/affiliates';
import { customerFact, minute, orderFact, person } from '../../factories/facts';
import { arrive } from '../../factories/records';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

const day = (days: number) => minute(days * 24 * 60);
const now = day(40);

/** A shop with something in every table; money on hold, payable, and in a payout. */
async function world() {
  const { shopId, groupId } = await aProgramme();
  const { affiliateId, code } = await anAffiliate(shopId, groupId);
  await arrive(shopId, { orders: [codeOrder(1n, code)] });
  await withShop(shopId, (tx) => releaseCommissions(tx, { shopId, limit: 10, now: day(31) }));
  const [batchId] = await makePayout(shopId, 'first', day(31));
  await arrive(shopId, { orders: [codeOrder(2n, code)] });
  await withShop(shopId, (tx) => releaseCommissions(tx, { shopId, limit: 10, now: day(31) }));
  await arrive(shopId, { orders: [codeOrder(3n, code, { processedAt: day(5), updatedAt: day(5) })] });
  const asset = { shopId, title: 'Logo', url: 'https://shop.example/a.png', key: 'a', now };
  await withShop(shopId, (tx) => createAsset(tx, asset));
  const { id: assetId } = await prisma().affiliateAsset.findFirstOrThrow({ where: { shopId } });
  const { email } = await prisma().affiliate.findFirstOrThrow({ where: { shopId } });
  const signIn = await withShop(shopId, (tx) => createSignIn(tx, { shopId, email: email!, now }));
  return { shopId, groupId, affiliateId, code, batchId: batchId!, assetId, token: signIn!.token };
}
type World = Awaited<ReturnType<typeof world>>;

/** How many rows the module has, and what moves among them. */
async function stateOf({ shopId, affiliateId }: World): Promise<unknown> {
  const where = { shopId };
  const db = prisma();
  const batches = await db.affiliatePayoutBatch.findMany({ where, orderBy: { id: 'asc' } });
  const affiliate = await db.affiliate.findFirst({ where: { shopId, id: affiliateId } });
  return {
    rows: await Promise.all([
      db.affiliateProgramme.count({ where }),
      db.affiliateGroup.count({ where }),
      db.affiliateRule.count({ where }),
      db.affiliate.count({ where }),
      db.affiliateSpan.count({ where }),
      db.affiliateCode.count({ where }),
      db.affiliateTransaction.count({ where }),
      db.affiliatePosting.count({ where }),
      db.affiliateAsset.count({ where }),
      db.affiliateSignIn.count({ where }),
    ]),
    openCodes: await db.affiliateCode.count({ where: { shopId, toAt: null } }),
    used: await db.affiliateSignIn.count({ where: { shopId, usedAt: { not: null } } }),
    batches: batches.map(({ state, reference, total }) => [state, reference, String(total)]),
    affiliate: affiliate && [affiliate.state, affiliate.payoutTo],
    money: await moneyOf(shopId, affiliateId),
  };
}

type Command = (tx: Tx, world: World) => Promise<unknown>;
const commands: Record<string, Command> = {
  ensureProgramme: (tx, { shopId }) => ensureProgramme(tx, { shopId, now }),
  updateProgramme: (tx, { shopId }) => {
    const changes = { title: 'P', intro: null, isOpen: false, minimumPayout: '5' };
    return updateProgramme(tx, { shopId, changes, now });
  },
  'saveGroup, a new one': (tx, { shopId }) =>
    saveGroup(tx, { shopId, groupId: null, name: 'New', key: 'new', terms: ruleTerms(), now }),
  'saveGroup, another rule': (tx, { shopId, groupId }) =>
    saveGroup(tx, { shopId, groupId, name: 'P', key: 'x', terms: ruleTerms({ value: '20' }), now }),
  recordApplication: (tx, { shopId }) =>
    recordApplication(tx, { shopId, application: { name: 'Ben', email: 'ben@mail.example' }, now }),
  decideAffiliate: (tx, { shopId, affiliateId }) =>
    decideAffiliate(tx, { shopId, affiliateId, decision: { state: 'paused' }, staff, now }),
  assignCode: (tx, { shopId, affiliateId }) => assignCode(tx, { shopId, affiliateId, code: 'MORE', now }),
  withdrawCode: (tx, { shopId, affiliateId, code }) => withdrawCode(tx, { shopId, affiliateId, code, now }),
  createPayouts: (tx, { shopId }) => createPayouts(tx, { shopId, key: 'again', staff, now }),
  'settlePayout, paid': (tx, { shopId, batchId }) =>
    settlePayout(tx, { shopId, batchId, outcome: { state: 'paid', reference: 'r' }, staff, now }),
  'settlePayout, called off': (tx, { shopId, batchId }) =>
    settlePayout(tx, { shopId, batchId, outcome: { state: 'cancelled' }, staff, now }),
  releaseCommissions: (tx, { shopId }) => releaseCommissions(tx, { shopId, limit: 10, now }),
  createAsset: (tx, { shopId }) =>
    createAsset(tx, { shopId, title: 'B', url: 'https://shop.example/b.png', key: 'b', now }),
  // Who comes second is told that it is gone.
  deleteAsset: (tx, { shopId, assetId }) =>
    deleteAsset(tx, { shopId, assetId }).catch((error: unknown) => {
      expect(error).toMatchObject({ code: 'not_found' });
    }),
  applySignIn: (tx, { shopId, token }) => applySignIn(tx, { shopId, token, now }),
  updatePayoutAddress: (tx, { shopId, affiliateId }) =>
    updatePayoutAddress(tx, { shopId, affiliateId, payoutTo: 'IBAN' }),
};

describe('a command', () => {
  it.each(Object.keys(commands))('%s: 20 at once and once more do what one does', async (name) => {
    const run = (known: World) => withShop(known.shopId, (tx) => commands[name]!(tx, known));
    const [one, many] = [await world(), await world()];
    const before = await stateOf(one);
    await run(one);
    await Promise.all(Array.from({ length: 20 }, () => run(many)));
    await run(many);
    expect(await stateOf(many)).toEqual(await stateOf(one));
    if (name !== 'ensureProgramme' && name !== 'updateProgramme')
      expect(await stateOf(one)).not.toEqual(before);
    expect(await commissionTotals()).toEqual({ drifted: 0, sum: 0, unbalanced: 0 });
  });
});

describe('two customers who turn out to be one', () => {
  const [a, b] = [person({ shopifyCustomerId: 21n }), person({ shopifyCustomerId: 22n })];
  const bought = (id: bigint, who: typeof a, days: number, code?: string) => {
    const at = { person: who, processedAt: day(days), updatedAt: day(days) };
    return code === undefined ? orderFact(id, at) : codeOrder(id, code, at);
  };
  const outcomes = async (shopId: number) =>
    (await prisma().affiliateOrder.findMany({ where: { shopId }, orderBy: { orderId: 'asc' } })).map(
      ({ orderId, via, outcome }) => `${orderId} ${via} ${outcome}`,
    );
  const merge = (keptId: bigint) => ({
    merges: [{ keptId, deletedId: keptId === 21n ? 22n : 21n, occurredAt: day(6), key: 'm' }],
  });
  const customers = { customers: [customerFact(21n), customerFact(22n)] };

  it.each([21n, 22n])(
    'the life of one is that of both, whichever is kept (%s), and told twice',
    async (kept) => {
      const { shopId, groupId } = await aProgramme({ scope: 'lifetime', holdDays: 0 });
      const { affiliateId, code } = await anAffiliate(shopId, groupId);
      await arrive(shopId, customers);
      await arrive(shopId, { orders: [bought(1n, a, 1, code), bought(2n, b, 2)] });
      expect(await outcomes(shopId)).toEqual(['1 code earns']);
      await arrive(shopId, merge(kept), { now: day(6) });
      await arrive(shopId, merge(kept), { now: day(7) });
      expect(await outcomes(shopId)).toEqual(['1 code earns', '2 customer earns']);
      expect(await moneyOf(shopId, affiliateId)).toMatchObject({ payable: 20 });
    },
  );

  it.each([21n, 22n])('and was no new customer, what was paid for that is owed (%s kept)', async (kept) => {
    const { shopId, groupId } = await aProgramme({ newCustomersOnly: true, holdDays: 0 });
    const { affiliateId, code } = await anAffiliate(shopId, groupId);
    await arrive(shopId, customers);
    await arrive(shopId, { orders: [bought(1n, a, 1), bought(2n, b, 2, code)] }, { now: day(3) });
    const [batchId] = await makePayout(shopId, 'p', day(3));
    await payBatch(shopId, batchId!, 'r', day(3));
    await arrive(shopId, merge(kept), { now: day(6) });
    expect(await outcomes(shopId)).toEqual(['2 code known_customer']);
    expect(await moneyOf(shopId, affiliateId)).toMatchObject({ payable: -10, paid: 10 });
  });

  it('ends the same when the merge is told before the orders', async () => {
    const results = await Promise.all(
      [true, false].map(async (first) => {
        const { shopId, groupId } = await aProgramme({ scope: 'first_order' });
        const { affiliateId, code } = await anAffiliate(shopId, groupId);
        const orders = { orders: [bought(1n, a, 1, code), bought(2n, b, 2, code)] };
        await arrive(shopId, customers);
        for (const facts of first ? [merge(21n), orders] : [orders, merge(21n)])
          await arrive(shopId, facts, { now: day(8) });
        return [await outcomes(shopId), await moneyOf(shopId, affiliateId)];
      }),
    );
    expect(results[0]).toEqual(results[1]);
    expect(results[0]?.[0]).toEqual(['1 code earns', '2 code later_order']);
  });
});
