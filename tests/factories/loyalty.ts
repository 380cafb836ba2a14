import { prisma, withShop } from '~/platform/db/index.server';
import type { Decimal } from '~/platform/money';
import { decimal } from '~/platform/money';
import type { OrderMoney } from '~/modules/orders/types';
import type { EarnRule } from '~/modules/loyalty/types';

let counter = 0;

/** A shop of its own for a test, active, selling in EUR. */
export async function aShop(
  overrides: { currency?: string; status?: string; domain?: string } = {},
): Promise<{ id: number; domain: string }> {
  counter += 1;
  const at = new Date('2026-01-01T00:00:00Z');
  return prisma().shop.create({
    data: {
      domain: `loyal-${counter}.myshopify.com`,
      status: 'active',
      currency: 'EUR',
      installedAt: at,
      updatedAt: at,
      ...overrides,
    },
    select: { id: true, domain: true },
  });
}

/** A person of a shop; with a Shopify id also known by it. */
export async function aProfile(
  shopId: number,
  overrides: { shopifyCustomerId?: bigint; email?: string } = {},
): Promise<bigint> {
  const firstSeenAt = new Date('2026-01-01T00:00:00Z');
  return withShop(shopId, async (tx) => {
    const { id } = await tx.profile.create({
      data: { shopId, firstSeenAt, ...overrides },
      select: { id: true },
    });
    if (overrides.shopifyCustomerId !== undefined) {
      const value = String(overrides.shopifyCustomerId);
      await tx.profileIdentity.create({
        data: { shopId, kind: 'shopify', value, profileId: id, assertedAt: firstSeenAt },
      });
    }
    return id;
  });
}

/** The balance of every account next to the sum of its postings, and the sum of all postings, over the whole database. */
export async function ledgerTotals(): Promise<{ drifted: number; sum: bigint; unbalanced: number }> {
  const [row] = await prisma().$queryRaw<{ drifted: bigint; sum: bigint; unbalanced: bigint }[]>`
    SELECT
      (SELECT count(*) FROM ledger_accounts a WHERE a.kind <> 'issued' AND a.balance <> coalesce(
        (SELECT sum(points) FROM ledger_postings p WHERE p.shop_id = a.shop_id AND p.account_id = a.id), 0)) AS drifted,
      (SELECT coalesce(sum(points), 0)::bigint FROM ledger_postings) AS sum,
      (SELECT count(*) FROM (SELECT 1 FROM ledger_postings GROUP BY shop_id, transaction_id HAVING sum(points) <> 0) bad) AS unbalanced`;
  return { drifted: Number(row!.drifted), sum: row!.sum, unbalanced: Number(row!.unbalanced) };
}

const zero = decimal('0');

/** An order's money for rules that only compute: paid, 100.00 of goods. */
export function orderMoney(overrides: Partial<OrderMoney> = {}): OrderMoney {
  const at = new Date('2026-05-01T10:00:00Z');
  return {
    orderId: 1n,
    name: '#1001',
    profileId: 1n,
    currency: 'EUR',
    test: false,
    historic: false,
    processedAt: at,
    paidAt: at,
    cancelledAt: null,
    deletedAt: null,
    goods: decimal('100'),
    giftCards: zero,
    shipping: zero,
    tax: zero,
    refunds: [],
    ...overrides,
  };
}

/** A refund of an order's money: of goods alone unless told otherwise. */
export function refundMoney(
  parts: Partial<Record<'goods' | 'giftCards' | 'shipping' | 'tax' | 'adjustments', string>>,
  refundId = 1n,
): OrderMoney['refunds'][number] {
  const of = (name: keyof typeof parts): Decimal => decimal(parts[name] ?? '0');
  return {
    refundId,
    processedAt: new Date('2026-05-02T10:00:00Z'),
    goods: of('goods'),
    giftCards: of('giftCards'),
    shipping: of('shipping'),
    tax: of('tax'),
    adjustments: of('adjustments'),
  };
}

/** The default rule, as version 1. */
export function earnRule(overrides: Partial<EarnRule> = {}): EarnRule {
  return {
    version: 1,
    enabled: true,
    pointsPerUnit: decimal('1'),
    includeTax: false,
    includeShipping: false,
    includeGiftCards: false,
    rounding: 'down',
    pendingDays: 0,
    minimum: null,
    earnOnHistoric: false,
    scope: 'all',
    allBut: false,
    productIds: [],
    collectionIds: [],
    tags: [],
    effectiveFrom: new Date('2026-01-01T00:00:00Z'),
    ...overrides,
  };
}

export interface OrderFacts {
  profileId: bigint | null;
  goods: string;
  paid: boolean;
  cancelled: boolean;
  historic: boolean;
  test: boolean;
  processedAt: Date;
}

let orderNumber = 9_000_000_000_000_000n; // beyond what a JavaScript number holds, as real ones may be

/** An order with one line of goods, as the records of a shop hold it. Paid unless told otherwise. */
export async function anOrder(
  shopId: number,
  facts: Partial<OrderFacts> & { profileId: bigint | null },
): Promise<bigint> {
  orderNumber += 1n;
  const id = orderNumber;
  const { profileId, goods = '100', paid = true, cancelled = false, historic = false, test = false } = facts;
  const processedAt = facts.processedAt ?? new Date('2026-05-01T10:00:00Z');
  const none = { discounts: 0, shipping: 0, tax: 0 };
  await withShop(shopId, async (tx) => {
    await tx.order.create({
      data: {
        shopId,
        id,
        name: `#${id % 10_000n}`,
        profileId,
        currency: 'EUR',
        presentmentCurrency: 'EUR',
        presentmentTotal: goods,
        subtotal: goods,
        total: goods,
        ...none,
        taxesIncluded: false,
        processedAt,
        shopifyUpdatedAt: processedAt,
        paidAt: paid ? processedAt : null,
        cancelledAt: cancelled ? processedAt : null,
        historic,
        test,
      },
    });
    await tx.orderLine.create({
      data: {
        shopId,
        orderId: id,
        id: 1n,
        title: 'Mug',
        quantity: 1,
        currentQuantity: 1,
        price: goods,
        discount: 0,
        tax: 0,
        net: goods,
      },
    });
  });
  return id;
}

/** What became of an order since. */
export async function changeOrder(shopId: number, id: bigint, facts: Partial<OrderFacts>): Promise<void> {
  const at = new Date('2026-05-02T10:00:00Z');
  await withShop(shopId, (tx) =>
    tx.order.update({
      where: { shopId_id: { shopId, id } },
      data: {
        ...(facts.profileId !== undefined && { profileId: facts.profileId }),
        ...(facts.paid !== undefined && { paidAt: facts.paid ? at : null }),
        ...(facts.cancelled !== undefined && { cancelledAt: facts.cancelled ? at : null }),
      },
    }),
  );
}

/** Money back for goods of an order. */
export async function aRefund(shopId: number, orderId: bigint, goods: string): Promise<bigint> {
  orderNumber += 1n;
  const id = orderNumber;
  const processedAt = new Date('2026-05-02T10:00:00Z');
  await withShop(shopId, (tx) =>
    tx.refund.create({
      data: {
        shopId,
        id,
        orderId,
        processedAt,
        lines: goods,
        shipping: 0,
        adjustments: 0,
        tax: 0,
        total: goods,
      },
    }),
  );
  return id;
}
