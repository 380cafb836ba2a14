import { describe, expect, it } from 'vitest';
import { abandonDueCarts, getCartForMail, listShopsWithDueCarts } from '~/modules/carts/index.server';
import { ensureFlows, setFlowEnabled } from '~/modules/flows/index.server';
import { prisma, withShop } from '~/platform/db/index.server';
import { cartsAbandoned } from '~/processes/carts-abandoned.server';
import { checkoutFact, customerFact, guest, minute, orderFact, productFact } from '../../factories/facts';
import { arrive, createShop, type Facts } from '../../factories/records';
import { useTestDatabase } from '../../setup/database';

useTestDatabase();

const ada = guest('ada@example.com');
const checkout = checkoutFact('checkout-1', { person: ada, cartToken: 'cart-1' });
const order = orderFact(1n, {
  person: ada,
  checkoutToken: 'checkout-1',
  cartToken: 'cart-1',
  processedAt: minute(90),
  updatedAt: minute(90),
});

const cart = (shopId: number, token = 'checkout-1') =>
  prisma().cart.findUniqueOrThrow({ where: { shopId_token: { shopId, token } } });
const abandon = (shopId: number, now: Date, limit = 100) =>
  withShop(shopId, (tx) => cartsAbandoned(tx, { shopId, now, limit }));

async function openCartOf(shopId: number): Promise<string | null | undefined> {
  return (await prisma().profileTraits.findFirst({ where: { shopId } }))?.openCartToken;
}

describe('a cart in a mail', () => {
  const [line] = checkoutFact('').lines;
  const pictured = checkoutFact('checkout-1', {
    person: ada,
    lines: [
      line!,
      { ...line!, variantId: '101' },
      { ...line!, variantId: null, productId: null },
      { ...line!, imageUrl: 'https://cdn.example/own.jpg' },
    ],
  });
  const fern = (imageUrl: string) =>
    productFact(10n, {
      imageUrl,
      variants: [
        { id: 100n, title: 'Small', sku: null, price: '1', imageUrl: null },
        { id: 101n, title: 'Large', sku: null, price: '1', imageUrl: 'https://cdn.example/large.jpg' },
      ],
    });

  it('has the pictures of its products, which Shopify does not tell with a checkout', async () => {
    const [shopId, other] = [await createShop(), await createShop()];
    await arrive(other, { products: [fern('https://cdn.example/other.jpg')], checkouts: [pictured] });
    await arrive(shopId, { checkouts: [pictured] });
    const pictures = async () => {
      const { lines } = await withShop(shopId, (tx) => getCartForMail(tx, { shopId, token: 'checkout-1' }));
      return lines.map(({ imageUrl }) => imageUrl);
    };
    expect(await pictures()).toEqual([null, null, null, 'https://cdn.example/own.jpg']);
    await arrive(shopId, { products: [fern('https://cdn.example/fern.jpg')] });
    expect(await pictures()).toEqual([
      'https://cdn.example/fern.jpg',
      'https://cdn.example/large.jpg',
      null,
      'https://cdn.example/own.jpg',
    ]);
  });
});

describe('a checkout told in the customer’s currency alone', () => {
  const [line] = checkoutFact('').lines;
  const inYen = checkoutFact('checkout-1', {
    person: ada,
    presentmentCurrency: 'JPY',
    total: null,
    presentmentTotal: '15800',
    lines: [
      { ...line!, quantity: 2, price: '7900' },
      { ...line!, variantId: '999', price: '1' },
    ],
  });

  it('comes to what its goods cost in the shop', async () => {
    const shopId = await createShop();
    await arrive(shopId, { products: [productFact(10n)], checkouts: [inYen] });
    const price = await prisma().productVariant.findFirstOrThrow({ where: { shopId, id: 100n } });
    const { total, presentmentTotal, currency } = await cart(shopId);
    expect([Number(total), Number(presentmentTotal), currency]).toEqual([
      2 * Number(price.price),
      15_800,
      'EUR',
    ]);
  });
});

describe('a checkout filled in within a second', () => {
  const typed = ['', 'a', 'ad', 'ada', 'ada@example.com'].map((email, n) =>
    checkoutFact('checkout-1', {
      person: email.includes('@') ? ada : null,
      recoveryUrl: `https://shop.example/${email}`,
      toldAt: new Date(minute(0).getTime() + n * 20),
    }),
  );

  it.each([
    ['in order', typed],
    ['in reverse', typed.toReversed()],
  ])('is what was told last, %s, one by one or together', async (_how, facts) => {
    const [single, together] = [await createShop(), await createShop()];
    for (const fact of facts) await arrive(single, { checkouts: [fact] });
    await arrive(together, { checkouts: facts });
    for (const shopId of [single, together])
      expect(await cart(shopId)).toMatchObject({ email: 'ada@example.com' });
  });
});

describe('an abandoned checkout', () => {
  it('is found once, an hour after the last activity, and told to the timeline and the traits', async () => {
    const shopId = await createShop();
    await arrive(shopId, { checkouts: [checkout] });
    expect(await abandon(shopId, minute(59))).toBe(0);
    expect(await abandon(shopId, minute(75))).toBe(1);
    expect(await abandon(shopId, minute(75))).toBe(0);
    expect(await cart(shopId)).toMatchObject({ state: 'abandoned', abandonedAt: minute(60) });
    expect(await openCartOf(shopId)).toBe('checkout-1');
    expect(await prisma().timelineEvent.findMany({ where: { shopId } })).toMatchObject([
      { kind: 'cart_abandoned', occurredAt: minute(60) },
    ]);
  });

  it("waits for the merchant's delay", async () => {
    const shopId = await createShop();
    await prisma().shopSettings.upsert({
      where: { shopId },
      create: { shopId, cartDelayMinutes: 120, updatedAt: minute(0) },
      update: { cartDelayMinutes: 120 },
    });
    await arrive(shopId, { checkouts: [checkout] });
    expect(
      await prisma().$transaction((db) => listShopsWithDueCarts(db, { now: minute(119) })),
    ).not.toContain(shopId);
    expect(await abandon(shopId, minute(119))).toBe(0);
    expect(await prisma().$transaction((db) => listShopsWithDueCarts(db, { now: minute(120) }))).toContain(
      shopId,
    );
    expect(await abandon(shopId, minute(120))).toBe(1);
  });

  it('is only one that is somebody’s, has something in it and is still there', async () => {
    const shopId = await createShop();
    const checkouts = [
      checkoutFact('nobody', { person: null }),
      checkoutFact('empty', { person: ada, lines: [] }),
      checkoutFact('paid', { person: ada, completedAt: minute(1) }),
      checkoutFact('gone', { person: ada }),
      checkoutFact('gone', { updatedAt: minute(2), deleted: true }),
    ];
    await arrive(shopId, { checkouts });
    expect(await abandon(shopId, minute(500))).toBe(0);
    const states = await prisma().cart.findMany({ where: { shopId }, orderBy: { token: 'asc' } });
    expect(states.map(({ token, state }) => [token, state])).toEqual([
      ['empty', 'open'],
      ['gone', 'deleted'],
      ['nobody', 'open'],
      ['paid', 'ordered'],
    ]);
  });

  it('is found by one of several who look at once', async () => {
    const shopId = await createShop();
    await arrive(shopId, {
      checkouts: Array.from({ length: 30 }, (_, index) =>
        checkoutFact(`c${index}`, { person: guest(`p${index}@example.com`) }),
      ),
    });
    const found = await Promise.all(
      Array.from({ length: 4 }, () =>
        withShop(shopId, (tx) => abandonDueCarts(tx, { shopId, now: minute(90), limit: 30 })),
      ),
    );
    expect(
      found
        .flat()
        .map(({ token }) => token)
        .sort(),
    ).toEqual(Array.from({ length: 30 }, (_, index) => `c${index}`).sort());
  });

  it('opens again when the shopper comes back, and stays in one run of the flow', async () => {
    const shopId = await createShop();
    await withShop(shopId, async (tx) => {
      await ensureFlows(tx, { shopId, now: minute(-60) });
      await setFlowEnabled(tx, { shopId, key: 'abandoned_checkout', enabled: true, now: minute(-60) });
    });
    await arrive(shopId, { checkouts: [checkout] });
    await abandon(shopId, minute(61));
    await arrive(shopId, { checkouts: [{ ...checkout, updatedAt: minute(70) }] });
    expect(await cart(shopId)).toMatchObject({ state: 'open' });
    await abandon(shopId, minute(140));
    expect(await cart(shopId)).toMatchObject({ state: 'abandoned', abandonedAt: minute(130) });
    expect(await prisma().flowRun.findMany({ where: { shopId } })).toMatchObject([
      { flowKey: 'abandoned_checkout', runKey: 'checkout-1' },
    ]);
  });

  it('stands for the cart it came from, and the newest checkout for older ones', async () => {
    const shopId = await createShop();
    const again = checkoutFact('checkout-2', {
      person: ada,
      cartToken: 'cart-1',
      createdAt: minute(5),
      updatedAt: minute(5),
    });
    await arrive(shopId, { carts: [checkoutFact('cart-1', { kind: 'cart' })], checkouts: [again, checkout] });
    expect([
      (await cart(shopId, 'cart-1')).state,
      (await cart(shopId)).state,
      (await cart(shopId, 'checkout-2')).state,
    ]).toEqual(['replaced', 'replaced', 'open']);
  });
});

describe('an order', () => {
  it.each([
    ['after the checkout', [{ checkouts: [checkout] }, { orders: [order] }]],
    ['before the checkout', [{ orders: [order] }, { checkouts: [checkout] }]],
    ['with it', [{ orders: [order], checkouts: [checkout] }]],
  ] as [string, Facts[]][])('told %s closes it', async (_when, batches) => {
    const shopId = await createShop();
    for (const facts of batches) await arrive(shopId, facts);
    expect(await cart(shopId)).toMatchObject({
      state: 'ordered',
      orderId: 1n,
      closedAt: minute(90),
      recoveredAmount: null,
    });
    expect(await openCartOf(shopId)).toBeNull();
    expect(await abandon(shopId, minute(600))).toBe(0);
  });

  it('that was late to be told takes back an abandonment that never was', async () => {
    const shopId = await createShop();
    await arrive(shopId, { checkouts: [checkout] });
    await abandon(shopId, minute(75));
    await arrive(shopId, { orders: [{ ...order, processedAt: minute(30) }] });
    expect(await cart(shopId)).toMatchObject({ state: 'ordered', abandonedAt: null });
  });

  it('after a mail about the cart recovers it, with the net revenue, which a refund lowers', async () => {
    const shopId = await createShop();
    await arrive(shopId, { checkouts: [checkout] });
    await abandon(shopId, minute(61));
    const { profileId } = await cart(shopId);
    const message = await prisma().message.create({
      data: {
        shopId,
        token: `token-${shopId}`,
        dedupeKey: 'run:1:first',
        profileId: profileId!,
        kind: 'marketing',
        templateKey: 'abandoned_checkout.first',
        locale: 'en',
        context: { cartToken: 'checkout-1' },
        status: 'sent',
        createdAt: minute(62),
        handedOverAt: minute(62),
        sentAt: minute(62),
      },
    });
    await arrive(shopId, { orders: [order] });
    expect(await cart(shopId)).toMatchObject({
      state: 'recovered',
      recoveredMessageId: message.id,
      orderId: 1n,
    });
    expect(Number((await cart(shopId)).recoveredAmount)).toBe(100);
    const refund = {
      id: 5n,
      orderId: 1n,
      processedAt: minute(200),
      lines: [],
      shipping: '0',
      adjustments: '40.00',
      tax: '0',
      restocked: false,
    };
    await arrive(shopId, { refunds: [refund] });
    expect(Number((await cart(shopId)).recoveredAmount)).toBe(60);
    expect(Number((await prisma().message.findFirst({ where: { shopId } }))!.revenue)).toBe(60);
    expect(await prisma().timelineEvent.count({ where: { shopId, kind: 'cart_recovered' } })).toBe(1);
  });

  it('placed before the mail was sent is not recovered by it', async () => {
    const shopId = await createShop();
    await arrive(shopId, { checkouts: [checkout] });
    await abandon(shopId, minute(61));
    const { profileId } = await cart(shopId);
    await prisma().message.create({
      data: {
        shopId,
        token: `token-${shopId}`,
        dedupeKey: 'run:1:first',
        profileId: profileId!,
        kind: 'marketing',
        templateKey: 'abandoned_checkout.first',
        locale: 'en',
        context: { cartToken: 'checkout-1' },
        status: 'sent',
        createdAt: minute(95),
        handedOverAt: minute(95),
        sentAt: minute(95),
      },
    });
    await arrive(shopId, { orders: [order] });
    expect(await cart(shopId)).toMatchObject({ state: 'ordered', recoveredAmount: null });
  });
});

describe('carts', () => {
  it('follow a guest who turns out to be a customer', async () => {
    const shopId = await createShop();
    await arrive(shopId, { customers: [customerFact(7n)] });
    await arrive(shopId, { checkouts: [checkout] });
    await arrive(shopId, {
      customers: [customerFact(7n, { email: 'ada@example.com', updatedAt: minute(5) })],
    });
    const profile = await prisma().profile.findFirst({ where: { shopId, shopifyCustomerId: 7n } });
    expect(await cart(shopId)).toMatchObject({ profileId: profile!.id });
    expect(
      await prisma().profileTraits.findFirst({ where: { shopId, profileId: profile!.id } }),
    ).toMatchObject({ openCartToken: 'checkout-1' });
  });

  it('can be told twice, late and by two shops', async () => {
    const [one, two] = [await createShop(), await createShop()];
    const late = { ...checkout, updatedAt: minute(-5), total: '1.00' };
    await arrive(one, { checkouts: [checkout, checkout, late] });
    await arrive(one, { checkouts: [late] });
    await arrive(two, { checkouts: [{ ...checkout, total: '7.00' }] });
    expect([(await cart(one)).total, (await cart(two)).total].map(Number)).toEqual([100, 7]);
    await expect(
      withShop(one, (tx) => getCartForMail(tx, { shopId: one, token: 'unknown' })),
    ).rejects.toThrow(/not found/);
    expect(
      await withShop(one, (tx) => getCartForMail(tx, { shopId: one, token: 'checkout-1' })),
    ).toMatchObject({
      state: 'open',
      recoveryUrl: 'https://shop.example/recover/checkout-1',
      lines: [{ title: 'Fern', quantity: 1 }],
    });
  });
});
