import { prisma } from '~/platform/db/index.server';

let number = 50_000n;

/** Another line of an order. */
export async function addLine(
  shopId: number,
  orderId: bigint,
  net: string,
  productId: bigint | null,
  tax = '0',
): Promise<bigint> {
  number += 1n;
  await prisma().orderLine.create({
    data: {
      shopId,
      orderId,
      id: number,
      productId,
      title: 'x',
      quantity: 1,
      currentQuantity: 1,
      price: net,
      discount: 0,
      tax,
      net,
    },
  });
  await prisma().order.updateMany({
    where: { shopId, id: orderId },
    data: { total: { increment: net }, subtotal: { increment: net } },
  });
  await addTax(shopId, orderId, tax);
  return number;
}

/** Tax on top, of a line or of shipping. */
export async function addTax(shopId: number, orderId: bigint, tax: string): Promise<void> {
  await prisma().order.updateMany({
    where: { shopId, id: orderId },
    data: { total: { increment: tax }, tax: { increment: tax } },
  });
}

/** The first line of an order. */
export async function lineOf(shopId: number, orderId: bigint): Promise<bigint> {
  const line = await prisma().orderLine.findFirstOrThrow({
    where: { shopId, orderId },
    orderBy: { id: 'asc' },
  });
  return line.id;
}

/** Money back for one line, as Shopify tells it. */
export async function refundLine(
  shopId: number,
  orderId: bigint,
  orderLineId: bigint,
  goods: string,
  tax = '0',
): Promise<void> {
  number += 1n;
  const total = Number(goods) + Number(tax);
  const amounts = { lines: goods, total, shipping: 0, adjustments: 0, tax };
  await prisma().refund.create({
    data: { shopId, id: number, orderId, processedAt: new Date('2026-05-20T12:00:00Z'), ...amounts },
  });
  await prisma().refundLine.create({
    data: { shopId, refundId: number, id: number, orderLineId, quantity: 1, subtotal: goods, tax },
  });
}

/** A product that the app knows, in these collections. */
export async function aProduct(
  shopId: number,
  id: bigint,
  { tags = [], collectionIds = [] }: { tags?: string[]; collectionIds?: bigint[] } = {},
): Promise<void> {
  const shopifyUpdatedAt = new Date('2026-03-01T12:00:00Z');
  await prisma().product.create({
    data: { shopId, id, title: 'x', status: 'active', tags, collectionIds, shopifyUpdatedAt },
  });
}
