import { afterEach, describe, expect, it } from 'vitest';
import {
  decideAffiliate,
  recordLinkClick,
  releaseCommissions,
  saveGroup,
  withdrawCode,
} from '~/modules/affiliates/index.server';
import type { RateTerms, RuleTerms } from '~/modules/affiliates/types';
import type { OrderFact } from '~/modules/orders/types';
import { pool, prisma, withShop } from '~/platform/db/index.server';
import {
  aGroup,
  anAffiliate,
  aProgramme,
  codeOrder,
  commissionTotals,
  goodsBack,
  moneyOf,
  ruleTerms,
  staff,
} from '../../factories/affiliates';
import {
  customerFact,
  guest,
  minute,
  orderFact,
  orderLine,
  person,
  productFact,
} from '../../factories/facts';
import { permutations } from '../../factories/permutations';
import { arrive, createShop, type Facts } from '../../factories/records';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

const day = (days: number) => minute(days * 24 * 60);
const brought = (shopId: number) =>
  prisma().affiliateOrder.findMany({ where: { shopId }, orderBy: { orderId: 'asc' } });

afterEach(async () => {
  expect(await commissionTotals()).toEqual({ drifted: 0, sum: 0, unbalanced: 0 });
});

async function world(terms: Parameters<typeof aProgramme>[0] = {}) {
  const { shopId, groupId } = await aProgramme(terms);
  return { shopId, groupId, ...(await anAffiliate(shopId, groupId)) };
}

const click = (shopId: number, linkCode: string, now = minute(-10)) =>
  withShop(shopId, (tx) => recordLinkClick(tx, { shopId, linkCode, now }));

describe('whose an order is', () => {
  it('the code says, whatever the case of its letters; an order without one is nobody’s', async () => {
    const { shopId, affiliateId, code } = await world();
    await arrive(shopId, { orders: [codeOrder(1n, code.toLowerCase()), orderFact(2n)] });
    expect(await brought(shopId)).toMatchObject([
      { orderId: 1n, affiliateId, via: 'code', outcome: 'earns' },
    ]);
    expect(await moneyOf(shopId, affiliateId)).toMatchObject({ pending: 10, payable: 0 });
  });

  it('the click says, within its days', async () => {
    const { shopId, affiliateId, linkCode } = await world({ windowDays: 2 });
    const clickToken = (await click(shopId, linkCode))!;
    const late = day(2);
    const sameSecond = (await click(shopId, linkCode, new Date(minute(0).getTime() + 700)))!;
    await arrive(shopId, {
      orders: [
        orderFact(1n, { clickToken }),
        orderFact(4n, { clickToken: sameSecond }), // Shopify counts whole seconds
        orderFact(2n, { clickToken, processedAt: late, updatedAt: late }),
        orderFact(3n, { clickToken: 'of-another-app-1234' }),
      ],
    });
    expect(await brought(shopId)).toMatchObject([
      { orderId: 1n, affiliateId, via: 'link' },
      { orderId: 4n, affiliateId, via: 'link' },
    ]);
  });

  it('a code stands above a link', async () => {
    const { shopId, groupId, affiliateId, code } = await world();
    const other = await anAffiliate(shopId, groupId);
    const clickToken = await click(shopId, other.linkCode);
    await arrive(shopId, { orders: [codeOrder(1n, code, { clickToken })] });
    expect(await brought(shopId)).toMatchObject([{ affiliateId, via: 'code' }]);
  });

  it('what held when it was placed counts: approval, pause, a code taken back', async () => {
    const { shopId, groupId, affiliateId, code } = await world();
    const decide = (decision: Parameters<typeof decideAffiliate>[1]['decision'], now: Date) =>
      withShop(shopId, (tx) => decideAffiliate(tx, { shopId, affiliateId, decision, staff, now }));
    await decide({ state: 'paused' }, day(2));
    await decide({ state: 'approved', groupId }, day(4));
    await withShop(shopId, (tx) => withdrawCode(tx, { shopId, affiliateId, code, now: day(6) }));
    const at = (id: bigint, when: Date) => codeOrder(id, code, { processedAt: when, updatedAt: when });
    const orders = [
      at(1n, day(1)),
      at(2n, day(3)),
      at(3n, day(5)),
      at(4n, day(7)),
      at(5n, new Date('2026-03-01')),
    ];
    await arrive(shopId, { orders }, { now: day(8) });
    expect((await brought(shopId)).map(({ orderId }) => orderId)).toEqual([1n, 3n]);
  });

  it('no link of somebody who is not approved is counted', async () => {
    const { shopId, affiliateId, linkCode } = await world();
    await withShop(shopId, (tx) =>
      decideAffiliate(tx, { shopId, affiliateId, decision: { state: 'paused' }, staff, now: day(1) }),
    );
    expect(await click(shopId, linkCode)).toBeNull();
  });

  it('a later fact that knows nothing of the click does not make it forgotten, nor does an earlier one that comes late', async () => {
    const { shopId, affiliateId, linkCode } = await world();
    const clickToken = await click(shopId, linkCode);
    await arrive(shopId, { orders: [orderFact(1n, { updatedAt: minute(9), tags: ['told by an import'] })] });
    await arrive(shopId, { orders: [orderFact(1n, { clickToken })] });
    await arrive(shopId, { orders: [orderFact(1n, { updatedAt: minute(10), tags: ['edited'] })] });
    expect(await brought(shopId)).toMatchObject([{ affiliateId, via: 'link' }]);
  });
});

describe('which orders of a person earn', () => {
  const me = person({ shopifyCustomerId: 5n });
  const mine = (id: bigint, days: number, code?: string): OrderFact => {
    const at = { person: me, processedAt: day(days), updatedAt: day(days) };
    return code === undefined ? orderFact(id, at) : codeOrder(id, code, at);
  };
  const outcomes = async (shopId: number) =>
    (await brought(shopId)).map(({ via, outcome }) => `${via} ${outcome}`);

  it('only the first one brought', async () => {
    const { shopId, code } = await world({ scope: 'first_order' });
    await arrive(shopId, { orders: [mine(1n, 0), mine(2n, 1, code), mine(3n, 2, code)] }, { now: day(3) });
    expect(await outcomes(shopId)).toEqual(['code earns', 'code later_order']);
  });

  it('the next one when the first was called off, also to an affiliate of new customers', async () => {
    const { shopId, affiliateId, code } = await world({ scope: 'first_order', newCustomersOnly: true });
    await arrive(
      shopId,
      { orders: [mine(1n, 0, code), mine(2n, 1, code), mine(3n, 2, code)] },
      { now: day(3) },
    );
    expect(await outcomes(shopId)).toEqual(['code earns', 'code later_order', 'code later_order']);
    const off = { ...mine(1n, 0, code), cancelledAt: day(3), updatedAt: day(3) };
    await arrive(shopId, { orders: [off] }, { now: day(3) });
    expect(await outcomes(shopId)).toEqual(['code void', 'code earns', 'code later_order']);
    expect(await moneyOf(shopId, affiliateId)).toMatchObject({ pending: 10 });
  });

  it('only those of new customers, also when an older order is told late', async () => {
    const { shopId, affiliateId, code } = await world({ newCustomersOnly: true });
    await arrive(shopId, { orders: [mine(2n, 1, code), mine(3n, 2, code)] }, { now: day(3) });
    expect(await outcomes(shopId)).toEqual(['code earns', 'code earns']);
    await arrive(shopId, { orders: [mine(1n, 0)] }, { now: day(3) });
    expect(await outcomes(shopId)).toEqual(['code known_customer', 'code known_customer']);
    expect(await moneyOf(shopId, affiliateId)).toMatchObject({ pending: 0 });
  });

  it('for life: also later ones without a code, but not before, and not while paused', async () => {
    const { shopId, affiliateId, code } = await world({ scope: 'lifetime' });
    await withShop(shopId, (tx) =>
      decideAffiliate(tx, { shopId, affiliateId, decision: { state: 'paused' }, staff, now: day(5) }),
    );
    await arrive(shopId, { orders: [mine(4n, 6), mine(3n, 2), mine(1n, 0)] }, { now: day(7) });
    expect(await outcomes(shopId)).toEqual([]);
    await arrive(shopId, { orders: [mine(2n, 1, code)] }, { now: day(7) });
    expect(await outcomes(shopId)).toEqual(['code earns', 'customer earns']);
    expect(await moneyOf(shopId, affiliateId)).toMatchObject({ pending: 20 });
  });

  it('not the affiliate’s own, also after they were erased as a customer', async () => {
    const { shopId, groupId } = await aProgramme();
    const { affiliateId, code } = await anAffiliate(shopId, groupId, { email: 'rosa@mail.example' });
    const order = codeOrder(1n, code, { person: guest('rosa@mail.example') });
    await arrive(shopId, { orders: [order] });
    await prisma().order.updateMany({ where: { shopId }, data: { email: null } });
    await arrive(shopId, { refunds: [goodsBack(11n, 1n, '10')] });
    expect(await outcomes(shopId)).toEqual(['code own_order']);
    expect(await moneyOf(shopId, affiliateId)).toMatchObject({ pending: 0, payable: 0 });
  });

  it('not the affiliate’s own by another writing of their address, or by another address of theirs', async () => {
    const { shopId, groupId } = await aProgramme();
    const { code } = await anAffiliate(shopId, groupId, { email: 'rosa.luz@gmail.com' });
    const rosa = person({ shopifyCustomerId: 23n, email: 'rosa.luz@gmail.com' });
    await arrive(shopId, {
      customers: [customerFact(23n, { email: 'rosa.luz@gmail.com' })],
      orders: [
        codeOrder(1n, code, { person: guest('RosaLuz+shop@googlemail.com') }),
        codeOrder(2n, code, { person: { ...rosa, email: null } }),
        codeOrder(3n, code, { person: guest('rosa.lux@gmail.com') }),
      ],
    });
    expect(await outcomes(shopId)).toEqual(['code own_order', 'code own_order', 'code earns']);
  });

  it('two customers who turn out to be one are one', async () => {
    const { shopId, code } = await world({ scope: 'first_order' });
    const [a, b] = [person({ shopifyCustomerId: 21n }), person({ shopifyCustomerId: 22n })];
    await arrive(shopId, {
      customers: [customerFact(21n), customerFact(22n)],
      orders: [
        codeOrder(1n, code, { person: a }),
        codeOrder(2n, code, { person: b, processedAt: day(1), updatedAt: day(1) }),
      ],
    });
    expect(await outcomes(shopId)).toEqual(['code earns', 'code earns']);
    const merge = { keptId: 21n, deletedId: 22n, occurredAt: day(1), key: 'm' };
    await arrive(shopId, { merges: [merge] });
    expect(await outcomes(shopId)).toEqual(['code earns', 'code later_order']);
  });
});

describe('what it is worth', () => {
  it('falls with refunds, to nothing when all goes back, by the rule of its time', async () => {
    const { shopId, groupId, affiliateId, code } = await world();
    await arrive(shopId, { orders: [codeOrder(1n, code)] });
    const terms = ruleTerms({ value: '50' });
    await withShop(shopId, (tx) =>
      saveGroup(tx, { shopId, groupId, name: 'Partners', terms, key: 'x', now: day(1) }),
    );
    await arrive(shopId, { refunds: [goodsBack(11n, 1n, '25')] });
    expect(await moneyOf(shopId, affiliateId)).toMatchObject({ pending: 7.5 });
    await arrive(
      shopId,
      { orders: [codeOrder(2n, code, { processedAt: day(2), updatedAt: day(2) })] },
      { now: day(2) },
    );
    expect(await moneyOf(shopId, affiliateId)).toMatchObject({ pending: 57.5 });
    await arrive(shopId, { refunds: [goodsBack(12n, 1n, '75')], deletions: [{ id: 2n, deletedAt: day(3) }] });
    expect(await moneyOf(shopId, affiliateId)).toMatchObject({ pending: 0, payable: 0 });
  });

  it('becomes payable when its hold is over, once', async () => {
    const { shopId, affiliateId, code } = await world();
    await arrive(shopId, { orders: [codeOrder(1n, code)] });
    const release = (now: Date) =>
      withShop(shopId, (tx) => releaseCommissions(tx, { shopId, limit: 10, now }));
    expect(await release(day(29))).toBe(0);
    expect(await Promise.all([release(day(30)), release(day(30))])).toContain(1);
    expect(await release(day(31))).toBe(0);
    expect(await moneyOf(shopId, affiliateId)).toMatchObject({ pending: 0, payable: 10 });
  });

  it('is the same in every order of arrival, each told twice', async () => {
    const results = new Set<string>();
    for (const order of permutations([0, 1, 2, 3])) {
      const { shopId, affiliateId, code } = await world({ holdDays: 0 });
      const facts: Facts[] = [
        { orders: [codeOrder(1n, code)] },
        { refunds: [goodsBack(11n, 1n, '30')] },
        { orders: [codeOrder(1n, code, { updatedAt: minute(90), tags: ['edited'] })] },
        { refunds: [goodsBack(12n, 1n, '20')] },
      ];
      for (const index of [...order, ...order]) await arrive(shopId, facts[index]!);
      results.add(JSON.stringify(await moneyOf(shopId, affiliateId)));
    }
    expect([...results]).toEqual([JSON.stringify({ pending: 0, payable: 5, setAside: 0, paid: 0 })]);
  }, 60_000);

  it('is posted once when many tell it at once', async () => {
    const { shopId, affiliateId, code } = await world();
    await arrive(shopId, { customers: [customerFact(5n)] });
    await Promise.all(Array.from({ length: 20 }, () => arrive(shopId, { orders: [codeOrder(1n, code)] })));
    expect(await moneyOf(shopId, affiliateId)).toMatchObject({ pending: 10 });
    expect(await prisma().affiliateTransaction.count({ where: { shopId } })).toBe(1);
  });
});

describe('goods with a rate of their own', () => {
  const rates: RuleTerms['rates'] = [
    { on: 'products', targets: ['20'], kind: 'flat', value: '2' },
    { on: 'tags', targets: ['Sale'], kind: 'percent', value: '1' },
  ];
  const fern = orderLine({ id: 1n, productId: 10n });
  const moss = orderLine({ id: 2n, productId: 20n, price: '10.00', quantity: 3 });
  const mixed = (code: string, overrides: Partial<OrderFact> = {}) =>
    codeOrder(1n, code, { lines: [fern, moss], total: '130.00', ...overrides });

  it('earn by it; refunds give back what these goods earned, whatever rules and tags say by then', async () => {
    const { shopId, groupId, affiliateId, code } = await world({ rates });
    await arrive(shopId, { products: [productFact(10n, { tags: ['sale'] }), productFact(20n)] });
    await arrive(shopId, { orders: [mixed(code)] });
    expect(await moneyOf(shopId, affiliateId)).toMatchObject({ pending: 7 }); // 1 % of 100.00, 2.00 for each of 3
    await arrive(shopId, { products: [productFact(10n, { tags: [], updatedAt: day(1) })] });
    await withShop(shopId, (tx) =>
      saveGroup(tx, { shopId, groupId, name: 'P', terms: ruleTerms({ value: '50' }), key: 'x', now: day(1) }),
    );
    await arrive(shopId, { refunds: [goodsBack(11n, 1n, '50')] });
    expect(await moneyOf(shopId, affiliateId)).toMatchObject({ pending: 6.5 });
    const backOf = (orderLineId: bigint, subtotal: string) => [
      { id: orderLineId, orderLineId, quantity: 1, subtotal, tax: '0' },
    ];
    await arrive(shopId, { refunds: [goodsBack(12n, 1n, '', { lines: backOf(2n, '10') })] });
    expect(await moneyOf(shopId, affiliateId)).toMatchObject({ pending: 4.5 });
    const rest = [...backOf(1n, '50'), ...backOf(2n, '20')];
    await arrive(shopId, { refunds: [goodsBack(13n, 1n, '', { lines: rest })] });
    expect(await moneyOf(shopId, affiliateId)).toMatchObject({ pending: 0, payable: 0 });
  });

  it('are found once somebody tells of the product', async () => {
    const { shopId, affiliateId, code } = await world({ rates });
    await arrive(shopId, { orders: [mixed(code)] });
    expect(await moneyOf(shopId, affiliateId)).toMatchObject({ pending: 16 });
    await arrive(shopId, { products: [productFact(10n, { tags: ['sale'] })] });
    await arrive(shopId, { orders: [mixed(code, { updatedAt: minute(5), tags: ['edited'] })] });
    expect(await moneyOf(shopId, affiliateId)).toMatchObject({ pending: 7 });
  });

  it('are found by collection as soon as an import tells of it, and stay when it changes', async () => {
    const rate: RateTerms = { on: 'collections', targets: ['70'], kind: 'percent', value: '1' };
    const { shopId, affiliateId, code } = await world({ rates: [rate] });
    const pending = async () => (await moneyOf(shopId, affiliateId)).pending;
    const tell = (updatedAt: Date, ids?: bigint[]) => {
      const collections = ids?.map((id) => ({ id, title: 'Ferns', updatedAt }));
      return arrive(shopId, {
        products: [productFact(10n, { updatedAt, ...(collections && { collections }) })],
      });
    };
    const edit = (at: Date) =>
      arrive(shopId, { orders: [codeOrder(1n, code, { updatedAt: at, tags: [at.toISOString()] })] });
    await tell(minute(0)); // a webhook: nothing of collections
    await arrive(shopId, { orders: [codeOrder(1n, code)] });
    expect(await pending()).toBe(10);
    await tell(minute(5), [70n]);
    await edit(minute(6));
    expect(await pending()).toBe(1);
    await tell(minute(7), []);
    await edit(minute(8));
    expect(await pending()).toBe(1);
  });

  it('belong to a version of the rule: the same again makes none, and what is no rate is refused', async () => {
    const { shopId, groupId } = await aProgramme({ rates });
    const save = (terms: Partial<RuleTerms>) =>
      withShop(shopId, (tx) =>
        saveGroup(tx, { shopId, groupId, name: 'P', terms: ruleTerms(terms), key: 'x', now: day(1) }),
      );
    await Promise.all([save({ rates }), save({ rates })]);
    expect(await prisma().affiliateRule.count({ where: { shopId, groupId } })).toBe(1);
    await save({ rates: rates.toReversed() });
    expect(await prisma().affiliateRule.count({ where: { shopId, groupId } })).toBe(2);
    const rate = rates[0]!;
    for (const bad of [{ targets: [] }, { targets: ['fern'] }, { kind: 'percent' as const, value: '101' }])
      await expect(save({ rates: [{ ...rate, ...bad }] })).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('two shops', () => {
  it('with the same code, order and customer stay apart', async () => {
    const [a, b] = [await aProgramme(), await aProgramme({ value: '20' })];
    const [rosa, ben] = [
      await anAffiliate(a.shopId, a.groupId, { code: 'SAME', email: 'same@mail.example' }),
      await anAffiliate(b.shopId, b.groupId, { code: 'SAME', email: 'same@mail.example' }),
    ];
    for (const { shopId } of [a, b]) await arrive(shopId, { orders: [codeOrder(1n, 'SAME')] });
    expect(await moneyOf(a.shopId, rosa.affiliateId)).toMatchObject({ pending: 10 });
    expect(await moneyOf(b.shopId, ben.affiliateId)).toMatchObject({ pending: 20 });
    const foreign = await click(b.shopId, rosa.linkCode);
    expect(foreign).toBeNull();
  });

  it('one without a programme pays nothing for it and has nothing', async () => {
    const shopId = await createShop();
    await arrive(shopId, { orders: [codeOrder(1n, 'ANY', { clickToken: 'x'.repeat(24) })] });
    expect(await brought(shopId)).toEqual([]);
  });
});

describe('the money ledger', () => {
  it('is append-only, balanced and of one currency, whoever asks', async () => {
    const { shopId, groupId, code } = await world();
    await aGroup(shopId);
    await arrive(shopId, { orders: [codeOrder(1n, code)] });
    await expect(pool().query('UPDATE affiliate_postings SET amount = 1')).rejects.toThrow(/append-only/);
    await expect(pool().query('DELETE FROM affiliate_transactions')).rejects.toThrow(/append-only/);
    const { id } = await prisma().affiliateTransaction.findFirstOrThrow({ where: { shopId } });
    const { id: account } = await prisma()
      .affiliateAccount.findFirstOrThrow({ where: { shopId, kind: 'payable' } })
      .catch(() =>
        prisma().affiliateAccount.create({ data: { shopId, kind: 'paid', currency: 'EUR', balance: null } }),
      );
    const insert = (currency: string) =>
      pool().query(
        `INSERT INTO affiliate_postings (shop_id, transaction_id, account_id, currency, amount) VALUES ($1, $2, $3, $4, 1)`,
        [shopId, id, account, currency],
      );
    await expect(insert('EUR')).rejects.toThrow(/sum to zero/);
    await expect(insert('USD')).rejects.toThrow(/foreign key|sum to zero/);
    expect(groupId).toBeGreaterThan(0);
  });
});
